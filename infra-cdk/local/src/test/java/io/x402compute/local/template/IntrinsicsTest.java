package io.x402compute.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.http.Json;
import io.x402compute.local.Fixture;

class IntrinsicsTest {
    private final JsonNode root = Fixture.json();
    private final Intrinsics intrinsics = new Intrinsics(root,
            new Parameters(root.path("Parameters"), Map.of("Greeting", "good day")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"Ref": "Greeting"}                                                       | good day
            {"Ref": "AWS::Region"}                                                    | us-east-1
            {"Ref": "NotesTable"}                                                     | NotesTable
            {"Ref": "NotesBus"}                                                       | notes
            {"Ref": "KeepNoteLive"}                                                   | arn:aws:lambda:us-east-1:000000000000:function:KeepNote:live
            {"Fn::GetAtt": ["KeepNoteVersion", "Version"]}                            | 1
            {"Fn::GetAtt": "KeepNoteRole.Arn"}                                        | arn:aws:iam::000000000000:role/KeepNoteRole
            {"Fn::Join": ["-", ["a", {"Ref": "Copies"}, "b"]]}                        | a-1-b
            {"Fn::Sub": "x-${AWS::AccountId}-${NotesBus}-${!literal}"}                | x-000000000000-notes-${literal}
            {"Fn::Sub": ["${Mine}-${KeepNote.Arn}", {"Mine": {"Ref": "Greeting"}}]}   | good day-arn:aws:lambda:us-east-1:000000000000:function:KeepNote
            {"Fn::Select": ["1", {"Fn::Split": [":", "a:b:c"]}]}                      | b
            {"Fn::If": ["IsPolite", "sir", "mate"]}                                   | sir
            """)
    void intrinsicsResolveToLocalValues(String value, String expected) {
        assertThat(intrinsics.text(Json.readOwn(value))).isEqualTo(expected);
    }

    @Test
    void anUnknownFunctionIsNamed() {
        assertThatThrownBy(() -> intrinsics.text(Json.readOwn("{\"Fn::Cidr\": [\"10.0.0.0/16\"]}")))
                .hasMessageContaining("Fn::Cidr");
    }

    @Test
    void aReferenceToNothingIsNamed() {
        assertThatThrownBy(() -> intrinsics.text(Json.readOwn("{\"Ref\": \"Nowhere\"}")))
                .hasMessageContaining("Nowhere");
    }
}
