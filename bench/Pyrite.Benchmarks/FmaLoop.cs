using System.Runtime.CompilerServices;

namespace Pyrite.Benchmarks;

/// <summary>Loops of independent fused multiply-adds: nothing but the arithmetic units limits them.</summary>
/// <remarks>Two units with a latency of four cycles need eight independent chains; more of them hide what else the loop does.</remarks>
internal static partial class FmaLoop
{
    /// <summary>Chains in a loop: 24 of the 32 registers of 512 bits, 12 of the 16 narrower ones.</summary>
    private static int Chains => Machine.VectorBits == 512 ? 24 : 12;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Consume(double value)
    {
        // The comparison keeps the loop from being removed as unused.
        if (value == double.MaxValue)
        {
            throw new InvalidOperationException("The loop of multiply-adds has overflowed.");
        }
    }
}
