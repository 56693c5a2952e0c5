package io.x402compute.local.inference;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** The models that are run as predictions, by Replicate's names and with its inputs. */
enum Worker {
    SDXL("stability-ai/sdxl", 3, "prompt negative_prompt image mask prompt_strength num_inference_steps seed"),
    CANNY("black-forest-labs/flux-canny-dev", 3, "prompt control_image num_inference_steps seed"),
    FILL("black-forest-labs/flux-fill-dev", 3, "prompt image mask num_inference_steps seed"),
    REDUX("black-forest-labs/flux-redux-dev", 3, "redux_image num_inference_steps seed"),
    STICKER("fofr/sticker-maker", 3, "prompt steps seed"),
    AD("logerzhu/ad-inpaint", 3, "image_path prompt manual_seed"),
    PHOTO("tencentarc/photomaker", 3, "input_image prompt num_steps seed"),
    SEGMENT("meta/sam-2", 3, "image"),
    BARK("suno-ai/bark", 5, "prompt history_prompt"),
    CLONE("lucataco/xtts-v2", 5, "text speaker language"),
    MUSIC("meta/musicgen", 8, "prompt duration seed output_format"),
    SOUND("sepal/audiogen", 8, "prompt duration seed output_format"),
    CLIP("openai/clip", 1, "text image"),
    ANIMATE("lucataco/animate-diff", 20, "prompt n_prompt steps seed"),
    ENHANCE("lucataco/real-esrgan-video", 20, "video_path resolution"),
    UPSCALE("nightmareai/real-esrgan", 2, "image scale"),
    FACE("tencentarc/gfpgan", 2, "img scale"),
    CUT_OUT("cjwbw/rembg", 2, "image"),
    DOCUMENT("cuuupid/marker", 4, "document max_pages");

    private final String model;
    private final Duration takes;
    private final String fields;

    Worker(String model, int seconds, String fields) {
        this.model = model;
        this.takes = Duration.ofSeconds(seconds);
        this.fields = fields;
    }

    static Optional<Worker> of(String model) {
        return Stream.of(values()).filter(worker -> worker.model.equals(model)).findFirst();
    }

    String model() {
        return model;
    }

    /** Usually. */
    Duration takes() {
        return takes;
    }

    /** What its input may have in it. */
    String fields() {
        return fields;
    }
}
