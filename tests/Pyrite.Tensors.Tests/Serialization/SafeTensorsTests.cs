using System.Text;
using Pyrite.Testing;

namespace Pyrite.Tests.Serialization;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> GoldenFiles =>
        [.. Directory.GetFiles(GoldenFolder.Root, "*.safetensors", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(GoldenFolder.Root, path)).Order()];

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(GoldenFiles))]
    public void A_golden_file_loads_and_is_saved_again_with_the_same_bytes(string name)
    {
        string golden = GoldenFolder.Path(name);
        NamedTensors tensors = SafeTensors.Load(golden);
        SafeTensors.Save(folder["copy"], tensors, tensors.Metadata);

        Assert.NotEmpty(tensors);
        Assert.True(File.ReadAllBytes(golden).AsSpan().SequenceEqual(File.ReadAllBytes(folder["copy"])));
    }

    [Fact]
    public void There_are_golden_files() => Assert.True(GoldenFiles.Count >= 18);

    [Fact]
    public void Every_element_type_comes_back_with_order_shape_and_metadata()
    {
        KeyValuePair<string, Tensor>[] saved =
        [
            new("z.weight", Tensor.From<float>([1.5f, -0f, float.NaN, float.PositiveInfinity, float.Epsilon, -2], [2, 3])),
            new("double", Tensor.From<double>([Math.PI, double.MinValue], [2, 1, 1])),
            new("long", Tensor.From<long>([long.MinValue, long.MaxValue, 0])),
            new("bool", Tensor.From<bool>([true, false, true])),
            new("bytes", Tensor.From<byte>([0, 255, 7])),
            new("scalar", Tensor.From<double>([2.5], Shape.Scalar)),
            new("empty", Tensor.Zeros([0, 3], DType.Float32)),
            new("ключ \"quoted\" \\ \n \u0001 🎲", Tensor.From<byte>([1])),
            new("a", Tensor.From<float>([1f])),
        ];
        SafeTensors.Save(folder["all"], saved, [new("format", "pt"), new("note", "line\nbreak")]);
        NamedTensors loaded = SafeTensors.Load(folder["all"]);

        Assert.Equal(saved.Select(pair => pair.Key), loaded.Keys);
        Assert.Equal("pt", loaded.Metadata["format"]);
        Assert.Equal("line\nbreak", loaded.Metadata["note"]);
        foreach ((string name, Tensor tensor) in saved)
        {
            Assert.Equal(tensor.DType, loaded[name].DType);
            Assert.Equal(tensor.Shape, loaded[name].Shape);
            Assert.True(tensor.RawBytes().SequenceEqual(loaded[name].RawBytes()), name);
        }
    }

    [Fact]
    public void The_bytes_are_those_of_the_reference_implementation()
    {
        SafeTensors.Save(folder["known"], [new("w", Tensor.From<float>([1f, 2f]))], [new("k", "v")]);

        // Spaces up to a multiple of eight; 1f is 00 00 80 3f.
        const string json = """{"__metadata__":{"k":"v"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";
        int padded = (json.Length + 7) / 8 * 8;
        Assert.Equal(SafeTensorsBytes.Make(json.PadRight(padded), 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40), File.ReadAllBytes(folder["known"]));
    }

    [Fact]
    public void Narrow_types_widen_exactly()
    {
        (string Code, string Hex, double[] Expected)[] cases =
        [
            ("F16", "003C 00C0 0100 FF7B 007C 00FC", [1, -2, 5.9604644775390625e-8, 65504, double.PositiveInfinity, double.NegativeInfinity]),
            ("BF16", "803F 00C0 0100 7F7F 807F", [1, -2, 9.183549615799121e-41, 3.3895313892515355e38, double.PositiveInfinity]),
            ("I32", "FFFFFFFF 00000080 FFFFFF7F", [-1, int.MinValue, int.MaxValue]),
            ("I16", "FFFF 0080 FF7F", [-1, short.MinValue, short.MaxValue]),
            ("I8", "FF 80 7F", [-1, -128, 127]),
            ("U32", "FFFFFFFF 01000000", [uint.MaxValue, 1]),
            ("U16", "FFFF 0100", [ushort.MaxValue, 1]),
        ];
        foreach ((string code, string hex, double[] expected) in cases)
        {
            byte[] data = Convert.FromHexString(hex.Replace(" ", ""));
            File.WriteAllBytes(folder[code],
                SafeTensorsBytes.Make($$$"""{"x":{"dtype":"{{{code}}}","shape":[{{{expected.Length}}}],"data_offsets":[0,{{{data.Length}}}]}}""",
                    data));
            Tensor tensor = SafeTensors.Load(folder[code])["x"];

            Assert.Equal(code.Contains('F') ? DType.Float32 : DType.Int64, tensor.DType);
            Assert.Equal(expected, tensor.ToArray<double>());
        }
    }

    [Fact]
    public void Tensors_are_read_one_by_one_in_any_order()
    {
        SafeTensors.Save(folder["two"], [new("a", Tensor.From<float>([1f])), new("b", Tensor.From<long>([2, 3]))]);
        using SafeTensorsFile file = new(folder["two"]);

        Assert.Equal(["a", "b"], file.Entries.Select(entry => entry.Name));
        Assert.Equal([2, 3], file.Read("b").ToArray<long>());
        Assert.Equal([1f], file.Read("a").ToArray<float>());
        Assert.Contains("\"c\"", Assert.Throws<KeyNotFoundException>(() => file.Read("c")).Message);
    }

    [Fact]
    public void Loaded_tensors_outlive_the_step_in_which_they_were_loaded()
    {
        SafeTensors.Save(folder["kept"], [new("a", Tensor.From<float>([4f]))]);
        NamedTensors tensors;
        using (StepScope.Begin())
        {
            tensors = SafeTensors.Load(folder["kept"]);
        }
        Assert.Equal(4, tensors["a"].Item());
    }

    [Fact]
    public void Data_may_lie_in_another_order_than_the_names()
    {
        const string json = """{"b":{"dtype":"U8","shape":[1],"data_offsets":[1,2]},"a":{"data_offsets":[0,1],"shape":[1],"dtype":"U8"}}""";
        File.WriteAllBytes(folder["order"], SafeTensorsBytes.Make(json, 7, 8));
        NamedTensors tensors = SafeTensors.Load(folder["order"]);

        Assert.Equal(["b", "a"], tensors.Keys);
        Assert.Equal([8.0, 7.0], tensors.Values.Select(tensor => tensor.Item()));
    }

    [Theory]
    [InlineData("__metadata__", "reserved")]
    [InlineData("w", "twice")]
    public void Names_that_cannot_be_stored_are_refused_and_the_old_file_stays(string name, string reason)
    {
        Tensor one = Tensor.From<float>([1f]);
        File.WriteAllText(folder["old"], "old");
        ArgumentException error = Assert.Throws<ArgumentException>(() => SafeTensors.Save(folder["old"], [new("w", one), new(name, one)]));

        Assert.Contains(reason, error.Message);
        Assert.Equal("old", File.ReadAllText(folder["old"]));
    }

    [Fact]
    public void Names_that_are_not_valid_unicode_are_refused()
    {
        ArgumentException error =
            Assert.Throws<ArgumentException>(() => SafeTensors.Save(folder["half"], [new("half \ud800", Tensor.From<float>([1f]))]));

        Assert.Contains("surrogate", error.Message);
        Assert.False(File.Exists(folder["half"]));
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_no_temporary_one()
    {
        Tensor gone;
        using (StepScope.Begin())
        {
            gone = Tensor.From<float>([1f]);
        }
        File.WriteAllText(folder["old"], "old");
        Assert.Throws<InvalidOperationException>(() => SafeTensors.Save(folder["old"], [new("gone", gone)]));

        Assert.Equal("old", File.ReadAllText(folder["old"]));
        Assert.Equal([folder["old"]], Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void A_missing_name_lists_what_there_is()
    {
        SafeTensors.Save(folder["names"], [new("encoder.weight", Tensor.From<float>([1f]))]);
        string message = Assert.Throws<KeyNotFoundException>(() => SafeTensors.Load(folder["names"])["decoder.weight"]).Message;

        Assert.Contains("decoder.weight", message);
        Assert.Contains("encoder.weight", message);
    }

    [Fact]
    public void A_header_with_trailing_spaces_and_multi_byte_names_is_read()
    {
        byte[] json = Encoding.UTF8.GetBytes("""{"größe":{"dtype":"BOOL","shape":[],"data_offsets":[0,1]}}""" + "     ");
        File.WriteAllBytes(folder["spaces"], SafeTensorsBytes.Make(json, [1]));

        Assert.Equal(1, SafeTensors.Load(folder["spaces"])["größe"].Item());
    }
}
