using Pyrite.Plotting.Tests.Png;


namespace Pyrite.Plotting.Tests;

public class PngImageTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Reads_back_what_it_wrote(int channels)
    {
        var random = new Random(channels);
        foreach ((int width, int height) in ((int, int)[])[(1, 1), (1, 9), (13, 1), (37, 23)])
        {
            byte[] pixels = new byte[width * height * channels];
            random.NextBytes(pixels);
            PngImage image = PngImage.Decode(new PngImage(width, height, channels, pixels).Encode());
            Assert.Equal((width, height, channels), (image.Width, image.Height, image.Channels));
            Assert.Equal(pixels, image.Pixels.ToArray());
        }
    }

    [Fact]
    public void Undoes_all_five_filters()
    {
        // Two pixels of RGB to a row, worked out by hand from section 9 of the specification.
        byte[] file = new HandmadePng().Header(2, 5, colorType: 2).Rows(
            0, 10, 20, 30, 40, 50, 60,
            1, 1, 2, 3, 4, 5, 6,             // left: 1 2 3, then 5 7 9
            2, 1, 1, 1, 250, 250, 250,       // above: 2 3 4, then 255 1 3
            3, 10, 10, 10, 10, 10, 10,       // average: 11 11 12, then (11+255)/2+10 = 143, (11+1)/2+10 = 16, (12+3)/2+10 = 17
            4, 1, 1, 1, 1, 1, 1).End();      // Paeth: 12 12 13, then 144 (above), 17 (above), 18 (above)
        PngImage image = PngImage.Decode(file);
        Assert.Equal(
            [10, 20, 30, 40, 50, 60, 1, 2, 3, 5, 7, 9, 2, 3, 4, 255, 1, 3, 11, 11, 12, 143, 16, 17, 12, 12, 13, 144, 17, 18],
            image.Pixels.ToArray());
    }

    [Fact]
    public void Expands_palettes_to_colours_and_alpha()
    {
        HandmadePng Start() => new HandmadePng().Header(2, 1, colorType: 3).Chunk("PLTE", 1, 2, 3, 4, 5, 6);
        PngImage plain = PngImage.Decode(Start().Rows(0, 1, 0).End());
        PngImage transparent = PngImage.Decode(Start().Chunk("tRNS", 77).Rows(0, 1, 0).End());
        Assert.Equal([4, 5, 6, 1, 2, 3], plain.Pixels.ToArray());
        Assert.Equal([4, 5, 6, 255, 1, 2, 3, 77], transparent.Pixels.ToArray());
    }

    [Fact]
    public void Joins_data_chunks_and_skips_ancillary_ones()
    {
        byte[] packed = HandmadePng.Compress([0, 1, 2, 0, 3, 4]);
        byte[] file = new HandmadePng().Header(2, 2).Chunk("tEXt", 65, 0, 66)
            .Chunk("IDAT", packed[..3]).Chunk("IDAT").Chunk("IDAT", packed[3..]).End();
        Assert.Equal([1, 2, 3, 4], PngImage.Decode(file).Pixels.ToArray());
    }

    public static TheoryData<string, byte[]> BrokenFiles => new()
    {
        { "signature", [1, 2, 3] },
        { "before its last chunk", new HandmadePng().Header(1, 1).Rows(0, 5).Unfinished() },
        { "first chunk is \"IDAT\"", new HandmadePng().Rows(0, 1).End() },
        { "16 bits", new HandmadePng().Header(1, 1, bits: 16).Rows(0, 1, 1).End() },
        { "interlace method 1", new HandmadePng().Header(1, 1, interlace: 1).Rows(0, 1).End() },
        { "colour type 5", new HandmadePng().Header(1, 1, colorType: 5).Rows(0, 1).End() },
        { "compression method 1", new HandmadePng().Header(1, 1, compression: 1).Rows(0, 1).End() },
        { "0x1", new HandmadePng().Header(0, 1).Rows(0).End() },
        { "4294967295x1", new HandmadePng().Header(uint.MaxValue, 1).Rows(0).End() },
        { "exceed", new HandmadePng().Header(30_000, 30_000).Rows(0).End() },
        { "cannot hold", new HandmadePng().Header(16_000, 16_000).Rows(0, 1, 2).End() },
        { "header has 2 bytes", new HandmadePng().Chunk("IHDR", 1, 2).End() },
        { "filter 5", new HandmadePng().Header(1, 1).Rows(5, 1).End() },
        { "hold 2 bytes", new HandmadePng().Header(2, 1).Rows(0, 1).End() },
        { "more than 2", new HandmadePng().Header(1, 1).Rows(0, 1, 2).End() },
        { "palette index 1", new HandmadePng().Header(1, 1, colorType: 3).Chunk("PLTE", 1, 2, 3).Rows(0, 1).End() },
        { "the palette has 0", new HandmadePng().Header(1, 1, colorType: 3).Rows(0, 0).End() },
        { "\"PLTE\" of 4 bytes", new HandmadePng().Header(1, 1, colorType: 3).Chunk("PLTE", 1, 2, 3, 4).Rows(0, 0).End() },
        { "\"IDAT\"", new HandmadePng().Header(1, 1).Rows(0, 1).Chunk("tEXt").Rows(0, 1).End() },
        { "\"ABCD\"", new HandmadePng().Header(1, 1).Chunk("ABCD").Rows(0, 1).End() },
        { "cannot be unpacked", new HandmadePng().Header(1, 1).Chunk("IDAT", 1, 2, 3, 4, 5, 6).End() },
    };

    [Theory]
    [MemberData(nameof(BrokenFiles))]
    public void Names_what_is_wrong_with_a_file(string expected, byte[] file)
    {
        string message = Assert.Throws<InvalidDataException>(() => PngImage.Decode(file)).Message;
        Assert.Contains(expected, message);
    }

    [Fact]
    public void Notices_a_flipped_bit_in_every_chunk()
    {
        byte[] file = new HandmadePng().Header(2, 1).Rows(0, 1, 2).End();
        for (int at = 8; at < file.Length; at++)
        {
            byte[] damaged = [.. file];
            damaged[at] ^= 1;
            Assert.Throws<InvalidDataException>(() => PngImage.Decode(damaged));
        }
    }

    [Fact]
    public void Meets_random_damage_with_InvalidDataException_alone()
    {
        var random = new Random(7);
        byte[] pixels = new byte[20 * 15 * 3];
        random.NextBytes(pixels.AsSpan(0, 300));
        byte[] good = new PngImage(20, 15, 3, pixels).Encode();
        int rejected = 0;
        for (int round = 0; round < 5000; round++)
        {
            byte[] file = Damage(good, random);
            try
            {
                PngImage image = PngImage.Decode(file);
                Assert.Equal((long)image.Width * image.Height * image.Channels, image.Pixels.Length);
            }
            catch (InvalidDataException)
            {
                rejected++;
            }
        }

        Assert.InRange(rejected, 3000, 5000);
    }

    [Fact]
    public void Refuses_pixels_that_do_not_fit_the_sizes()
    {
        Assert.Throws<ArgumentException>(() => new PngImage(2, 2, 3, new byte[11]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PngImage(0, 2, 3, ReadOnlyMemory<byte>.Empty));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PngImage(2, 2, 5, new byte[20]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PngImage(1, 1, 1, new byte[1])[1, 0]);
    }

    // Flips bytes, cuts or repeats a piece; half of the time the checksums are made right again, to get behind them.
    private static byte[] Damage(byte[] good, Random random)
    {
        List<byte> file = [.. good];
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            int at = random.Next(file.Count);
            switch (random.Next(4))
            {
                case 0: file.RemoveRange(at, Math.Min(random.Next(1, 9), file.Count - at)); break;
                case 1: file.InsertRange(at, file.GetRange(at, Math.Min(random.Next(1, 9), file.Count - at))); break;
                default: file[at] = (byte)random.Next(256); break;
            }
        }

        byte[] bytes = [.. file];
        bool mend = random.Next(2) == 0;
        for (int at = 8; mend && at + 12 <= bytes.Length;)
        {
            int length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            if (length < 0 || length > bytes.Length - at - 12)
            {
                break;
            }

            uint crc = HandmadePng.BitwiseCrc(bytes.AsSpan(at + 4, length + 4));
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at + 8 + length), crc);
            at += 12 + length;
        }

        return bytes;
    }
}
