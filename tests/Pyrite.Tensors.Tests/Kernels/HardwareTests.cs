using System.Runtime.Intrinsics;

namespace Pyrite.Tests;

/// <summary>Holds the processor to what the run was started for: unknown runtime switches would be ignored silently.</summary>
public sealed class HardwareTests
{
    [Fact]
    public void Vectors_are_as_wide_as_the_run_expects()
    {
        int widest = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
        string? expected = Environment.GetEnvironmentVariable("PYRITE_EXPECT_VECTOR_BITS");
        if (expected is null)
        {
            Assert.True(widest >= 128, "Every processor that .NET 10 supports has vectors of 128 bits, but none are used.");
            return;
        }
        Assert.Equal(int.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), widest);
    }
}
