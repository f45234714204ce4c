using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Pyrite.Kernels.Code;

/// <summary>What kernels compute with: all that the bits of results depend on, beside the work itself.</summary>
internal static class InstructionSet
{
    /// <summary>Bits of the widest vectors in use.</summary>
    public static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>Whether products are added with one rounding.</summary>
    public static bool IsFused => Fma.IsSupported || AdvSimd.IsSupported;

    /// <summary>Its name.</summary>
    public static string Name { get; } = Describe(RuntimeInformation.ProcessArchitecture, VectorBits, IsFused, RunTimeCode.IsAvailable);

    /// <summary>The name of an instruction set.</summary>
    /// <param name="architecture">The processor's.</param>
    /// <param name="bits">Of its vectors.</param>
    /// <param name="isFused">Whether products are added with one rounding.</param>
    /// <param name="writesCode">Whether kernels are compiled at run time.</param>
    public static string Describe(Architecture architecture, int bits, bool isFused, bool writesCode) =>
        $"{architecture} {bits}-bit{(isFused ? " FMA" : "")}{(writesCode ? "" : ", no run-time code")}";
}
