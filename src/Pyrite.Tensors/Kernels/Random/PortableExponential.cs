using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Random;

/// <summary>eˣ of eight Float64 numbers, with the same bits on every machine.</summary>
/// <remarks>
/// Only operations that IEEE 754 rounds exactly are used: x = n ln 2 + r with |r| ≤ ½ ln 2, and Taylor's series of eʳ to r¹³, whose
/// remainder is below 5e-18. Arguments below -708 count as -708 (3e-308), those above 709 as 709 (8e307).
/// </remarks>
internal static class PortableExponential
{
    private const double Least = -708, Most = 709;
    private const double PerLogTwo = 1.4426950408889634;
    private const double LogTwoRest = 2.3190468138462996e-17;

    /// <summary>1.5 · 2⁵²: a number added to it is rounded to the nearest whole one, which stands in the lowest bits.</summary>
    private const double Rounder = 6755399441055744;

    /// <summary>eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Of(Vector512<double> x)
    {
        x = Vector512.Min(Vector512.Max(x, Vector512.Create(Least)), Vector512.Create(Most));
        Vector512<double> rounded = (x * Vector512.Create(PerLogTwo)) + Vector512.Create(Rounder);
        Vector512<double> n = rounded - Vector512.Create(Rounder);
        Vector512<double> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-PortableLogarithm.LogTwo), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-LogTwoRest), r);
        Vector512<double> p = Step(Step(Vector512.Create(1.0 / 6227020800), r, 1.0 / 479001600), r, 1.0 / 39916800);
        p = Step(Step(Step(p, r, 1.0 / 3628800), r, 1.0 / 362880), r, 1.0 / 40320);
        p = Step(Step(Step(p, r, 1.0 / 5040), r, 1.0 / 720), r, 1.0 / 120);
        p = Step(Step(Step(p, r, 1.0 / 24), r, 1.0 / 6), r, 0.5);
        p = Step(Step(p, r, 1), r, 1);
        return (p.AsInt64() + (rounded.AsInt64() << 52)).AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Step(Vector512<double> sum, Vector512<double> x, double next) =>
        Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(next));
}
