using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Pyrite.Kernels.Code;

namespace Pyrite.Tests;

/// <summary>The name of what bits depend on.</summary>
public sealed class InstructionSetTests
{
    [Theory]
    [InlineData(Architecture.X64, 512, true, true, "X64 512-bit FMA")]
    [InlineData(Architecture.X64, 256, true, true, "X64 256-bit FMA")]
    [InlineData(Architecture.X64, 128, false, true, "X64 128-bit")]
    [InlineData(Architecture.Arm64, 128, true, false, "Arm64 128-bit FMA, no run-time code")]
    public void It_tells_widths_fused_products_and_run_time_code_apart(
        Architecture architecture, int bits, bool isFused, bool code, string expected) =>
        Assert.Equal(expected, InstructionSet.Describe(architecture, bits, isFused, code));

    [Fact]
    public void The_machine_says_its_own()
    {
        Assert.StartsWith(RuntimeInformation.ProcessArchitecture.ToString(), Machine.Kind, StringComparison.Ordinal);
        Assert.Contains(Vector512.IsHardwareAccelerated ? "512-bit" : Vector256.IsHardwareAccelerated ? "256-bit" : "128-bit", Machine.Kind);
    }
}
