using Pyrite.Kernels.Memory;

namespace Pyrite.Tests;

/// <summary>The size of the cache, as the environment variable gives it.</summary>
public sealed class SecondLevelCacheTests
{
    [Theory]
    [InlineData("524288", 512 << 10)]
    [InlineData("512K", 512 << 10)]
    [InlineData("2m", 2 << 20)]
    [InlineData(" 64K\n", 64 << 10)]
    [InlineData("1024M", 1 << 30)]
    [InlineData("Unknown", null)]
    public void Sizes_are_bytes_or_multiples(string text, int? expected)
    {
        Assert.True(SecondLevelCache.TryParse(text, out int? size));
        Assert.Equal(expected, size);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("M")]
    [InlineData("-1M")]
    [InlineData("1.5M")]
    [InlineData("63K")]
    [InlineData("1025M")]
    [InlineData("99999999999999999999")]
    [InlineData("9223372036854775807M")]
    [InlineData("large")]
    public void Anything_else_is_refused(string text) => Assert.False(SecondLevelCache.TryParse(text, out _));

    [Fact]
    public void The_refusal_says_what_to_set()
    {
        string message = SecondLevelCache.Refusal("large").Message;

        Assert.Contains("PYRITE_L2_CACHE is \"large\"", message);
        Assert.Contains("512K", message);
        Assert.Contains("remove it", message);
    }

    [Fact]
    public void The_size_in_use_is_public() => Assert.InRange(Machine.SecondLevelCacheBytes, 64 << 10, 1 << 30);
}
