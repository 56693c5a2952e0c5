package io.x402compute.local.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

class LogFramesTest {

    @Test
    void messagesAreApartFromEachOtherAndFromWhatIsPrinted() {
        byte[] written = bytes("printed\n".getBytes(UTF_8), frame("one"), frame("two\nlines"), "¥Z".getBytes(UTF_8));

        assertThat(LogFrames.texts(written)).containsExactly("printed\n", "one", "two\nlines", "¥Z");
    }

    @Test
    void aFrameThatIsCutOffGivesWhatThereIsOfIt() {
        byte[] frame = frame("message");

        assertThat(LogFrames.texts(Arrays.copyOf(frame, frame.length - 4))).containsExactly("mes");
    }

    private static byte[] frame(String message) {
        return ByteBuffer.allocate(16 + message.length()).putInt(0xa55a0002).putInt(message.length()).putLong(1)
                .put(message.getBytes(UTF_8)).array();
    }

    private static byte[] bytes(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
