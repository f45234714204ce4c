using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Random;

/// <summary>One proposal of Marsaglia and Tsang's method for Gamma variables with rate 1.</summary>
/// <remarks>
/// "A simple method for generating gamma variables", 2000: d (1 + w)³ with d = a - ⅓ and w = x / √(9d), x normal, accepted where
/// ln u &lt; x²/2 + d (1 - (1 + w)³ + 3 ln(1 + w)) = d (3 (ln(1 + w) - w + w²/2) - w³), which does not cancel for large d.
/// For a below 1 the draw of a + 1 is multiplied by U^(1/a), whose logarithm is kept apart so that nothing underflows.
/// </remarks>
internal static class GammaProposal
{
    /// <summary>The proposal is <paramref name="scale"/> times the cube of 1 + <paramref name="deviation"/> times e to
    /// <paramref name="boost"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Make(
        RandomKey key, Vector512<ulong> elements, Vector512<double> concentration,
        out Vector512<double> scale, out Vector512<double> deviation, out Vector512<double> logRoot, out Vector512<double> boost,
        out Vector512<double> accepted)
    {
        ElementBits.Four(key, elements, out Vector512<ulong> radius, out Vector512<ulong> angle, out Vector512<ulong> height,
            out Vector512<ulong> power);
        Vector512<double> isBelowOne = Vector512.LessThan(concentration, Vector512<double>.One);
        scale = concentration + (isBelowOne & Vector512<double>.One) - Vector512.Create(1.0 / 3);
        Normal64Kernel.Pair(radius, angle, out Vector512<double> normal, out _);
        deviation = normal * (Vector512.Create(1.0 / 3) / Vector512.Sqrt(scale));
        logRoot = PortableLogarithm.OfOnePlus(deviation);
        Vector512<double> square = deviation * deviation;
        Vector512<double> gap = logRoot - deviation + (square * Vector512.Create(0.5));
        Vector512<double> bound = scale * ((gap * Vector512.Create(3.0)) - (square * deviation));
        accepted =
            Vector512.GreaterThan(deviation, -Vector512<double>.One)
                & Vector512.LessThan(PortableLogarithm.Of(Uniform64Kernel.Uniform(height)), bound);
        boost = Vector512<double>.Zero;
        if (isBelowOne != Vector512<double>.Zero)
        {
            boost = isBelowOne & (PortableLogarithm.Of(Uniform64Kernel.Uniform(power)) / concentration);
        }
    }

    /// <summary>Where the concentration has no distribution the draw is NaN, accepted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> OrInvalid(Vector512<double> concentration, Vector512<double> draw, ref Vector512<double> accepted)
    {
        Vector512<double> isValid =
            Vector512.GreaterThan(concentration, Vector512<double>.Zero)
                & Vector512.LessThan(concentration, Vector512.Create(double.PositiveInfinity));
        accepted |= ~isValid;
        return Vector512.ConditionalSelect(isValid, draw, Vector512.Create(double.NaN));
    }
}
