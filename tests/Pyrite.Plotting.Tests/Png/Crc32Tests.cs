using Pyrite.Plotting.Png;

namespace Pyrite.Plotting.Tests.Png;

public class Crc32Tests
{
    [Theory]
    [InlineData("123456789", 0xCBF43926)]      // the check value of the CRC catalogues
    [InlineData("IEND", 0xAE426082)]           // the last four bytes of every PNG file
    [InlineData("", 0u)]
    public void Computes_known_checksums(string text, uint expected)
    {
        byte[] bytes = System.Text.Encoding.ASCII.GetBytes(text);
        Assert.Equal(expected, Crc32.Compute(bytes, []));
        Assert.Equal(expected, Crc32.Compute(bytes.AsSpan(0, bytes.Length / 2), bytes.AsSpan(bytes.Length / 2)));
    }
}
