using System.IO.Compression;

namespace Pyrite;

public sealed class IdxReaderTests
{
    private static readonly byte[] Small = IdxBytes.Build([2, 3, 4], IdxBytes.Pattern(24));

    [Theory, InlineData(false), InlineData(true)]
    public void Reads_raw_and_gzip_by_content_whatever_the_name(bool gzip)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write(gzip ? "images" : "images.gz", gzip ? IdxBytes.Gzip(Small) : Small);
        IdxContent content = IdxReader.Read(path);
        Assert.Equal([2, 3, 4], content.Dimensions);
        Assert.Equal(IdxBytes.Pattern(24), content.Bytes.ToArray());
    }

    [Fact]
    public void Reads_a_payload_larger_than_its_first_block()
    {
        byte[] payload = IdxBytes.Pattern(5_000_001);
        IdxContent content = ReadBytes(IdxBytes.Gzip(IdxBytes.Build([5_000_001], payload)));
        Assert.True(content.Bytes.Span.SequenceEqual(payload));
    }

    [Fact]
    public void Rejects_a_stream_that_cannot_seek()
    {
        using GZipStream stream = new(new MemoryStream(IdxBytes.Gzip(Small)), CompressionMode.Decompress);
        Assert.Contains("MemoryStream", Assert.Throws<ArgumentException>(() => IdxReader.Read(stream, "pipe")).Message);
    }

    [Theory]
    [InlineData("", "found 0 bytes: the file is cut short")]
    [InlineData("000008", "found 3 bytes: the file is cut short")]
    [InlineData("3c68746d6c3e", "found 3c 68 74 6d")]
    [InlineData("00000d0100000001", "found 00 00 0d 01")]
    [InlineData("00000800", "found 00 00 08 00")]
    [InlineData("00000809", "found 00 00 08 09")]
    [InlineData("000008020000000100", "only 1 of them: the file is cut short")]
    [InlineData("0000080100000000", "between 1 and 2147483647 for axis 0; found 0")]
    [InlineData("0000080180000000", "found 2147483648")]
    [InlineData("000008017fffffff", "at most 1,073,741,824 bytes of values; found dimensions [2147483647]")]
    [InlineData("00000803000100000001000000010000", "found dimensions [65536, 65536, 65536]")]
    [InlineData("000008087fffffff7fffffff7fffffff7fffffff7fffffff7fffffff7fffffff7fffffff", "at most 1,073,741,824 bytes")]
    [InlineData("00000801000000030102", "expected 3 bytes of values, as its dimensions [3] say; found 2: the file is cut short")]
    [InlineData("0000080100000002010203", "found 3: bytes left over")]
    public void Broken_bytes_are_explained(string hex, string expected)
    {
        Assert.Contains(expected, Explain(Convert.FromHexString(hex)));
    }

    [Theory]
    [InlineData("", "found 0 bytes: the file is cut short")]
    [InlineData("00000d0100000001", "found 00 00 0d 01")]
    [InlineData("000008017fffffff", "found dimensions [2147483647]")]
    [InlineData("00000801000000030102", "expected 3 bytes of values, as its dimensions [3] say; found 2: the file is cut short")]
    [InlineData("0000080100000002010203", "found bytes left over")]
    public void Broken_bytes_inside_gzip_are_explained(string hex, string expected) =>
        Assert.Contains(expected, Explain(IdxBytes.Gzip(Convert.FromHexString(hex))));

    [Fact]
    public void Every_cut_of_a_gzip_file_is_an_error()
    {
        byte[] packed = IdxBytes.Gzip(Small);
        for (int length = 0; length < packed.Length; length++)
        {
            Assert.Contains("\"broken.idx\"", Explain(packed[..length]));
        }
    }

    [Fact]
    public void A_wrong_checksum_is_a_broken_gzip()
    {
        byte[] packed = IdxBytes.Gzip(Small);
        packed[^6] ^= 1;
        Assert.Contains("broken gzip", Explain(packed));
    }

    [Fact]
    public void Bytes_after_the_gzip_data_are_an_error() => Assert.Contains("other bytes follow", Explain([.. IdxBytes.Gzip(Small), 1, 2, 3]));

    [Fact]
    public void Errors_name_the_file()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("oops.gz", [1, 2, 3, 4]);
        string message = Assert.Throws<InvalidDataException>(() => IdxReader.Read(path)).Message;
        Assert.Contains(path, message);
        Assert.Contains("expected the magic number 00 00 08 0n", message);
        Assert.Contains("found 01 02 03 04", message);
    }

    [Fact]
    public void A_limit_is_kept() =>
        Assert.Contains("at most 23 bytes",
            Assert.Throws<InvalidDataException>(() => IdxReader.Read(new MemoryStream(Small), "small", maxBytes: 23)).Message);

    [Theory, InlineData(false), InlineData(true)]
    public void A_header_that_promises_a_gigabyte_allocates_little(bool gzip)
    {
        byte[] liar = IdxBytes.Build([1 << 30], IdxBytes.Pattern(100));
        byte[] bytes = gzip ? IdxBytes.Gzip(liar) : liar;
        Assert.InRange(AllocatedBy(() => Explain(bytes)), 1, 2_000_000);
    }

    [Fact]
    public void A_gzip_bomb_behind_a_small_header_is_not_unpacked()
    {
        byte[] bomb = IdxBytes.Gzip(IdxBytes.Build([16], new byte[200_000_000]));
        Assert.InRange(AllocatedBy(() => Assert.Contains("bytes left over", Explain(bomb))), 1, 1_000_000);
    }

    [Fact]
    public void Mutated_files_give_the_content_or_an_InvalidDataException()
    {
        byte[][] seeds =
            [Small, IdxBytes.Gzip(Small), IdxBytes.Build([7], IdxBytes.Pattern(7)), IdxBytes.Gzip(IdxBytes.Build([1, 300], new byte[300]))];
        Random random = new(12);
        int refused = 0;
        for (int round = 0; round < 6_000; round++)
        {
            byte[] mutant = Mutate(seeds[round % seeds.Length], random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                IdxContent content = ReadBytes(mutant);
                Assert.Equal(content.Dimensions.Aggregate(1L, (product, size) => product * size), content.Bytes.Length);
            }
            catch (InvalidDataException problem)
            {
                Assert.Contains("\"broken.idx\"", problem.Message);
                refused++;
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
        }
        Assert.InRange(refused, 3_000, 5_999);
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        List<byte> bytes = [.. seed];
        for (int edits = random.Next(1, 4); edits > 0 && bytes.Count > 0; edits--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.RemoveRange(at, bytes.Count - at); break;
                case 3: bytes.Insert(at, (byte)random.Next(256)); break;
                default: bytes.RemoveAt(at); break;
            }
        }
        return [.. bytes];
    }

    private static IdxContent ReadBytes(byte[] bytes) => IdxReader.Read(new MemoryStream(bytes), "broken.idx");

    private static string Explain(byte[] bytes) => Assert.Throws<InvalidDataException>(() => ReadBytes(bytes)).Message;

    private static long AllocatedBy(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
