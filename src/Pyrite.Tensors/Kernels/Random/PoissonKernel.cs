using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Random;

/// <summary>Poisson counts: inversion where fewer than 10 are expected, transformed rejection elsewhere.</summary>
/// <remarks>Hörmann, "The transformed rejection method for generating Poisson random variables" (PTRS), 1993.</remarks>
internal readonly struct PoissonKernel : IProposalKernel
{
    private const double InversionBelow = 10;
    private const int MostInverted = 200;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Propose(RandomKey key, Vector512<ulong> elements, Vector512<double> parameter, out Vector512<double> accepted)
    {
        ElementBits.Two(key, elements, out Vector512<ulong> bits0, out Vector512<ulong> bits1);
        Vector512<double> u = Uniform64Kernel.Uniform(bits0);
        Vector512<double> isLarge = Vector512.GreaterThanOrEqual(parameter, Vector512.Create(InversionBelow));
        Vector512<double> count = Vector512<double>.Zero;
        accepted = Vector512<double>.AllBitsSet;
        if (isLarge != Vector512<double>.Zero)
        {
            Vector512<double> rate = Vector512.ConditionalSelect(isLarge, parameter, Vector512.Create(InversionBelow));
            count = isLarge & Transform(u, Uniform64Kernel.Uniform(bits1), rate, out Vector512<double> isKept);
            accepted = isKept | ~isLarge;
        }
        if (~isLarge != Vector512<double>.Zero)
        {
            count += Invert(u, Vector512.AndNot(parameter, isLarge));
        }
        Vector512<double> isValid =
            Vector512.GreaterThanOrEqual(parameter, Vector512<double>.Zero)
                & Vector512.LessThan(parameter, Vector512.Create(double.PositiveInfinity));
        accepted |= ~isValid;
        return Vector512.ConditionalSelect(isValid, count, Vector512.Create(double.NaN));
    }

    /// <summary>The least count whose cumulative probability is not below u.</summary>
    private static Vector512<double> Invert(Vector512<double> u, Vector512<double> rate)
    {
        Vector512<double> term = PortableExponential.Of(-rate);
        Vector512<double> count = Vector512<double>.Zero;
        Vector512<double> isBeyond = Vector512.GreaterThan(u, term);
        for (int step = 1; step <= MostInverted && isBeyond != Vector512<double>.Zero; step++)
        {
            u -= isBeyond & term;
            count += isBeyond & Vector512<double>.One;
            term *= rate / Vector512.Create((double)step);
            isBeyond &= Vector512.GreaterThan(u, term);
        }
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Transform(Vector512<double> uniform, Vector512<double> v, Vector512<double> rate, out Vector512<double> isKept)
    {
        Vector512<double> b = Vector512.Create(0.931) + (Vector512.Create(2.53) * Vector512.Sqrt(rate));
        Vector512<double> a = Vector512.Create(-0.059) + (Vector512.Create(0.02483) * b);
        Vector512<double> inverseAlpha = Vector512.Create(1.1239) + (Vector512.Create(1.1328) / (b - Vector512.Create(3.4)));
        Vector512<double> quick = Vector512.Create(0.9277) - (Vector512.Create(3.6224) / (b - Vector512.Create(2.0)));
        Vector512<double> u = uniform - Vector512.Create(0.5);
        Vector512<double> distance = Vector512.Create(0.5) - Vector512.Abs(u);
        Vector512<double> slope = a / distance;
        Vector512<double> count = Vector512.Floor((((slope + slope) + b) * u) + rate + Vector512.Create(0.43));
        Vector512<double> isQuick = Vector512.GreaterThanOrEqual(distance, Vector512.Create(0.07)) & Vector512.LessThanOrEqual(v, quick);
        Vector512<double> isHopeless = Vector512.LessThan(count, Vector512<double>.Zero)
            | (Vector512.LessThan(distance, Vector512.Create(0.013)) & Vector512.GreaterThan(v, distance));
        Vector512<double> height = PortableLogarithm.Of(v * inverseAlpha / ((slope / distance) + b));
        Vector512<double> isBelow = Vector512.LessThanOrEqual(height, PoissonDensity.Log(count, rate));
        isKept = isQuick | Vector512.AndNot(isBelow, isHopeless);
        return count;
    }
}
