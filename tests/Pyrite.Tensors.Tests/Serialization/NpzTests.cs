using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Pyrite.Tests.Serialization;

public sealed class NpzTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, InlineData(false), InlineData(true)]
    public void Tensors_come_back_by_name_and_in_order(bool compress)
    {
        KeyValuePair<string, Tensor>[] saved =
        [
            new("z.weight", Tensor.From<float>([1.5f, -0f, float.NaN, float.PositiveInfinity, float.Epsilon, -2], [2, 3])),
            new("folder/a", Tensor.From<double>([Math.PI, double.MinValue], [2, 1, 1])),
            new("ключ 🎲", Tensor.From<long>([long.MinValue, 0])),
            new("bool.npy", Tensor.From<bool>([true, false, true])),
            new("a", Tensor.From<byte>([2], Shape.Scalar)),
            new("empty", Tensor.Zeros([0, 3], DType.Float32)),
            new("zeros", Tensor.Zeros([300, 1000], DType.Float32)),
        ];
        Npz.Save(folder["all"], saved, compress);
        NamedTensors loaded = Npz.Load(folder["all"]);

        Assert.Equal(saved.Select(pair => pair.Key), loaded.Keys);
        Assert.Equal(compress, new FileInfo(folder["all"]).Length < 10_000);
        foreach ((string name, Tensor tensor) in saved)
        {
            Assert.Equal(tensor.DType, loaded[name].DType);
            Assert.Equal(tensor.Shape, loaded[name].Shape);
            Assert.True(tensor.RawBytes().SequenceEqual(loaded[name].RawBytes()), name);
        }
    }

    [Fact]
    public void The_same_tensors_give_the_same_bytes()
    {
        KeyValuePair<string, Tensor>[] tensors = [new("w", Tensor.From<float>([1f]))];
        Npz.Save(folder["first"], tensors);
        Npz.Save(folder["second"], tensors);

        Assert.Equal(File.ReadAllBytes(folder["first"]), File.ReadAllBytes(folder["second"]));
    }

    // The local header as Python's zipfile writes it with force_zip64, which NumPy uses: sizes of 2³²-1 and an extra field with the true ones.
    [Fact]
    public void A_stored_archive_as_numpy_writes_it_is_read()
    {
        byte[] content = NpyBytes.Make("<i8", false, "(2,)", [3, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0]);
        byte[] local =
            [.. "PK"u8, 3, 4, 45, 0, 0, 0, 0, 0, 0, 0, 0x21, 0, .. Number(Crc(content), 4), 255, 255, 255, 255, 255, 255, 255, 255, 5, 0, 20, 0,
                .. "x.npy"u8, 1, 0, 16, 0, .. Number(content.Length, 8), .. Number(content.Length, 8)];
        byte[] central =
            [.. "PK"u8, 1, 2, 45, 3, 45, 0, 0, 0, 0, 0, 0, 0, 0x21, 0, .. Number(Crc(content), 4), .. Number(content.Length, 4),
                .. Number(content.Length, 4), 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 1, 0, 0, 0, 0, .. "x.npy"u8];
        byte[] end = [.. "PK"u8, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, .. Number(central.Length, 4), .. Number(local.Length + content.Length, 4), 0, 0];
        File.WriteAllBytes(folder["numpy"], [.. local, .. content, .. central, .. end]);

        Assert.Equal([3.0, 4.0], Npz.Load(folder["numpy"])["x"].ToArray<double>());
    }

    [Fact]
    public void An_empty_archive_has_no_tensors()
    {
        Npz.Save(folder["none"], []);
        Assert.Empty(Npz.Load(folder["none"]));
    }

    [Fact]
    public void Loaded_tensors_outlive_the_step_in_which_they_were_loaded()
    {
        Npz.Save(folder["kept"], [new("a", Tensor.From<float>([4f]))]);
        NamedTensors tensors;
        using (StepScope.Begin())
        {
            tensors = Npz.Load(folder["kept"]);
        }
        Assert.Equal(4, tensors["a"].Item());
    }

    [Theory]
    [InlineData("w", "twice")]
    [InlineData("", "empty")]
    public void Names_that_cannot_be_stored_are_refused_and_the_old_file_stays(string name, string reason)
    {
        Tensor one = Tensor.From<float>([1f]);
        File.WriteAllText(folder["old"], "old");
        ArgumentException error = Assert.Throws<ArgumentException>(() => Npz.Save(folder["old"], [new("w", one), new(name, one)]));

        Assert.Contains(reason, error.Message);
        Assert.Equal("old", File.ReadAllText(folder["old"]));
    }

    [Fact]
    public void Names_that_are_not_valid_unicode_are_refused() =>
        Assert.Contains("surrogate",
            Assert.Throws<ArgumentException>(() => Npz.Save(folder["half"], [new("half \ud800", Tensor.From<float>([1f]))])).Message);

    [Fact]
    public void A_name_longer_than_a_zip_archive_holds_is_refused() =>
        Assert.Contains("65531",
            Assert.Throws<ArgumentException>(() => Npz.Save(folder["long"], [new(new string('n', 65_532), Tensor.From<float>([1f]))])).Message);

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_no_temporary_one()
    {
        Tensor gone;
        using (StepScope.Begin())
        {
            gone = Tensor.From<float>([1f]);
        }
        File.WriteAllText(folder["old"], "old");
        Assert.Throws<InvalidOperationException>(() => Npz.Save(folder["old"], [new("gone", gone)]));

        Assert.Equal("old", File.ReadAllText(folder["old"]));
        Assert.Equal([folder["old"]], Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void An_array_inside_that_cannot_be_loaded_is_refused_by_its_name()
    {
        Pack(("good.npy", NpyBytes.Make("|u1", false, "(1,)", [1])), ("bad.npy", NpyBytes.Make("|O", false, "(1,)", new byte[8])));
        AssertRefused("\"bad.npy\"", "pickle");
    }

    [Fact]
    public void An_entry_that_appears_twice_is_refused()
    {
        byte[] content = NpyBytes.Make("|u1", false, "(1,)", [1]);
        Pack(("x.npy", content), ("x.npy", content));
        AssertRefused("\"x.npy\"", "twice");
    }

    [Fact]
    public void An_entry_that_is_no_npy_file_is_refused()
    {
        Pack(("data.pkl", [1, 2, 3]));
        AssertRefused("\"data.pkl\"", ".npy");
    }

    [Fact]
    public void A_changed_element_is_noticed_by_its_checksum()
    {
        Npz.Save(folder["archive"], [new("x", Tensor.From<long>([0x1122334455667788]))]);
        byte[] file = File.ReadAllBytes(folder["archive"]);
        file[file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x88, 0x77, 0x66, 0x55])] = 0x89;
        File.WriteAllBytes(folder["archive"], file);
        AssertRefused("\"x.npy\"", "checksum");
    }

    [Theory, InlineData(0), InlineData(1), InlineData(21), InlineData(100), InlineData(200)]
    public void A_file_that_was_cut_or_is_no_archive_is_refused(int length)
    {
        Npz.Save(folder["archive"], [new("x", Tensor.From<long>([1, 2, 3]))]);
        File.WriteAllBytes(folder["archive"], File.ReadAllBytes(folder["archive"])[..length]);
        AssertRefused("zip archive");
    }

    [Fact]
    public void An_honest_bomb_stops_at_the_limit_of_the_caller()
    {
        Npz.Save(folder["archive"], [new("a", Tensor.Zeros([1_000_000], DType.Float32)), new("b", Tensor.Zeros([1_000_000], DType.Float32))],
            compress: true);
        Assert.Equal(2, Npz.Load(folder["archive"], mostBytes: 8_001_000).Count);

        Assert.Contains("limit of 8000000", Assert.Throws<InvalidDataException>(() => Npz.Load(folder["archive"], mostBytes: 8_000_000)).Message);
    }

    [Fact]
    public void Narrow_elements_count_with_the_memory_they_take_as_tensors()
    {
        Pack(("x.npy", NpyBytes.Make("|i1", false, "(100,)", new byte[100])));
        Assert.Contains("needs 800 bytes", Assert.Throws<InvalidDataException>(() => Npz.Load(folder["archive"], mostBytes: 799)).Message);
    }

    // Declared sizes in the directory of an archive of one entry, at 24 bytes after its signature; nothing large may be allocated for a lie.
    [Theory]
    [InlineData(2_000_000_000u, "at most 1032 times")]
    [InlineData(150_000u, "they gave")]
    public void A_size_that_the_contents_cannot_have_is_refused_without_allocating_it(uint size, string reason)
    {
        Pack(("x.npy", NpyBytes.Make("|u1", false, $"({size - 128},)", new byte[100_000])));
        byte[] file = File.ReadAllBytes(folder["archive"]);
        int directory = file.AsSpan().IndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(directory + 24), size);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(22), size);
        File.WriteAllBytes(folder["archive"], file);
        AssertRefused("\"x.npy\"", reason);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => Npz.Load(folder["archive"]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 130_000);
    }

    // Two entries of the directory that point to the same stored bytes: a bomb needs many of them.
    [Fact]
    public void Parts_that_overlap_are_refused()
    {
        byte[] content = NpyBytes.Make("|u1", false, "(1000,)", new byte[1000]);
        byte[] local =
            [.. "PK"u8, 3, 4, 20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0, .. Number(Crc(content), 4), .. Number(content.Length, 4),
                .. Number(content.Length, 4), 5, 0, 0, 0, .. "x.npy"u8];
        byte[] Central(string name) =>
            [.. "PK"u8, 1, 2, 20, 3, 20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0, .. Number(Crc(content), 4), .. Number(content.Length, 4),
                .. Number(content.Length, 4), 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 1, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(name)];
        byte[] central = [.. Central("x.npy"), .. Central("y.npy")];
        byte[] end = [.. "PK"u8, 5, 6, 0, 0, 0, 0, 2, 0, 2, 0, .. Number(central.Length, 4), .. Number(local.Length + content.Length, 4), 0, 0];
        File.WriteAllBytes(folder["archive"], [.. local, .. content, .. central, .. end]);
        AssertRefused("\"y.npy\"", "overlap");
    }

    private void Pack(params (string Name, byte[] Content)[] entries)
    {
        using ZipArchive archive = new(File.Create(folder["archive"]), ZipArchiveMode.Create);
        foreach ((string name, byte[] content) in entries)
        {
            using Stream stream = archive.CreateEntry(name).Open();
            stream.Write(content);
        }
    }

    private void AssertRefused(params string[] reasons)
    {
        string message = Assert.Throws<InvalidDataException>(() => Npz.Load(folder["archive"])).Message;

        Assert.Contains(folder["archive"], message);
        Assert.All(reasons, reason => Assert.Contains(reason, message));
    }

    private static byte[] Number(long value, int bytes) => BitConverter.GetBytes(value)[..bytes];

    /// <summary>CRC-32 bit by bit, as the zip format defines it.</summary>
    private static uint Crc(byte[] content)
    {
        uint state = uint.MaxValue;
        foreach (byte value in content)
        {
            state ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                state = (state >> 1) ^ (0xEDB88320 & (uint)-(state & 1));
            }
        }
        return ~state;
    }
}
