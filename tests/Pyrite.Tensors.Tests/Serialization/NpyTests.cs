using System.Text;

namespace Pyrite.Tests.Serialization;

public sealed class NpyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    // Element type, elements in little-endian order, and their values.
    public static TheoryData<string, string, double[], DType> Types => new()
    {
        { "f8", "182D4454FB210940 000000000000F0BF", [Math.PI, -1], DType.Float64 },
        { "f4", "0000803F 000000C0 0000C07F", [1, -2, double.NaN], DType.Float32 },
        { "f2", "003C 00C0 0100 FF7B 00FC", [1, -2, 5.9604644775390625e-8, 65504, double.NegativeInfinity], DType.Float32 },
        { "i8", "FFFFFFFFFFFFFFFF 0100000000000000", [-1, 1], DType.Int64 },
        { "i4", "FFFFFFFF 00000080 FFFFFF7F", [-1, int.MinValue, int.MaxValue], DType.Int64 },
        { "i2", "FFFF 0080 FF7F", [-1, short.MinValue, short.MaxValue], DType.Int64 },
        { "i1", "FF 80 7F", [-1, -128, 127], DType.Int64 },
        { "u8", "0200000000000000", [2], DType.Int64 },
        { "u4", "FFFFFFFF 01000000", [uint.MaxValue, 1], DType.Int64 },
        { "u2", "FFFF 0100", [ushort.MaxValue, 1], DType.Int64 },
        { "u1", "FF 00 07", [255, 0, 7], DType.UInt8 },
        { "b1", "01 00", [1, 0], DType.Bool },
    };

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(Types))]
    public void Every_element_type_is_read_in_both_byte_orders_and_all_versions(string code, string hex, double[] expected, DType type)
    {
        byte[] little = Convert.FromHexString(hex.Replace(" ", ""));
        int size = code[1] - '0';
        byte[] big = [.. little.Chunk(size).SelectMany(element => element.Reverse())];
        foreach (byte version in (byte[])[1, 2, 3])
        {
            foreach ((string order, byte[] data) in size == 1 ? [("|", little)] : (IEnumerable<(string, byte[])>)[("<", little), (">", big)])
            {
                Tensor tensor = Load(NpyBytes.Make(order + code, false, $"({expected.Length},)", data, version));

                Assert.Equal(type, tensor.DType);
                Assert.Equal([expected.Length], tensor.Shape);
                Assert.Equal(expected, tensor.ToArray<double>());
            }
        }
    }

    [Fact]
    public void Fortran_order_is_read_with_the_first_axis_innermost()
    {
        // Elements 0, 1, …, 23 side by side: x[i, j, k] = i + 2 (j + 3 k).
        byte[] data = [.. Enumerable.Range(0, 24).Select(i => (byte)i)];
        Tensor tensor = Load(NpyBytes.Make("|u1", true, "(2, 3, 4)", data));

        Assert.Equal([2, 3, 4], tensor.Shape);
        double[] values = tensor.ToArray<double>();
        for (int i = 0; i < 24; i++)
        {
            Assert.Equal((i / 12) + (2 * ((i / 4 % 3) + (3 * (i % 4)))), values[i]);
        }
    }

    [Theory]
    [InlineData("()", "[]", 1)]
    [InlineData("(0,)", "[0]", 0)]
    [InlineData("(0, 3)", "[0, 3]", 0)]
    [InlineData("(3, 0, 2)", "[3, 0, 2]", 0)]
    [InlineData("(1, 1)", "[1, 1]", 1)]
    public void Scalars_and_empty_arrays_keep_their_shape(string written, string shape, int count)
    {
        foreach (bool isFortranOrder in (bool[])[false, true])
        {
            Assert.Equal(shape, Load(NpyBytes.Make(">f4", isFortranOrder, written, new byte[4 * count])).Shape.ToString());
        }
    }

    [Theory]
    [InlineData("{'shape':(2,),'fortran_order':False,'descr':'|u1'}")]
    [InlineData("{ \"descr\" : \"|u1\" ,\n\t\"fortran_order\" : False , \"shape\" : ( 2 , ) , }")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (2L,), }")]
    public void The_dictionary_may_be_written_in_other_ways(string header) =>
        Assert.Equal([5.0, 6.0], Load(NpyBytes.Make(header, [5, 6])).ToArray<double>());

    // The lines that NumPy 2 writes: room for the first size to grow to 21 digits, then blanks to a multiple of 64.
    [Fact]
    public void The_bytes_written_are_those_of_numpy()
    {
        Npy.Save(folder["matrix"], Tensor.From<float>([1, 2], [1, 2]));
        string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }".PadRight(128 - 10 - 1) + "\n";
        Assert.Equal([0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(header), 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40],
            File.ReadAllBytes(folder["matrix"]));

        Npy.Save(folder["scalar"], Tensor.From<bool>([true], Shape.Scalar));
        header = "{'descr': '|b1', 'fortran_order': False, 'shape': (), }".PadRight(128 - 10 - 1) + "\n";
        Assert.Equal([0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(header), 1], File.ReadAllBytes(folder["scalar"]));

        Npy.Save(folder["vector"], Tensor.From<long>([258]));
        header = "{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }".PadRight(128 - 10 - 1) + "\n";
        Assert.Equal([0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(header), 2, 1, 0, 0, 0, 0, 0, 0],
            File.ReadAllBytes(folder["vector"]));
    }

    [Fact]
    public void Every_tensor_type_comes_back_bit_for_bit()
    {
        Tensor[] saved =
        [
            Tensor.From<float>([1.5f, -0f, float.NaN, float.PositiveInfinity, float.Epsilon, -2], [2, 3]),
            Tensor.From<double>([Math.PI, double.MinValue], [2, 1, 1]),
            Tensor.From<long>([long.MinValue, long.MaxValue, 0]),
            Tensor.From<bool>([true, false, true]),
            Tensor.From<byte>([0, 255, 7]),
            Tensor.From<double>([2.5], Shape.Scalar),
            Tensor.Zeros([0, 3], DType.Float32),
            Tensor.Ones([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], DType.Float32),
        ];
        foreach (Tensor tensor in saved)
        {
            Npy.Save(folder["tensor"], tensor);
            Tensor loaded = Npy.Load(folder["tensor"]);

            Assert.Equal(0, new FileInfo(folder["tensor"]).Length - (tensor.Count * tensor.DType.ByteSize) & 63);
            Assert.Equal(tensor.DType, loaded.DType);
            Assert.Equal(tensor.Shape, loaded.Shape);
            Assert.True(tensor.RawBytes().SequenceEqual(loaded.RawBytes()));
        }
    }

    [Fact]
    public void Loaded_tensors_outlive_the_step_in_which_they_were_loaded()
    {
        File.WriteAllBytes(folder["kept"], NpyBytes.Make("<i2", true, "(2, 2)", [1, 0, 2, 0, 3, 0, 4, 0]));
        Tensor tensor;
        using (StepScope.Begin())
        {
            tensor = Npy.Load(folder["kept"]);
        }
        Assert.Equal([1.0, 3.0, 2.0, 4.0], tensor.ToArray<double>());
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
        Assert.Throws<InvalidOperationException>(() => Npy.Save(folder["old"], gone));

        Assert.Equal("old", File.ReadAllText(folder["old"]));
        Assert.Equal([folder["old"]], Directory.GetFiles(folder.Root));
    }

    private Tensor Load(byte[] file)
    {
        File.WriteAllBytes(folder["file"], file);
        return Npy.Load(folder["file"]);
    }
}
