namespace Pyrite.Functions.Sampling;

/// <summary>Keeps draws among the numbers of their type: what would overflow, or vanish at an open end, becomes the last number before.</summary>
/// <remarks>Without it heavy tails give infinite draws, and tiny ones zeros, which nothing can score. A draw that was moved has no
/// gradient.</remarks>
internal static class DrawRange
{
    // Logarithms of the smallest normal number and of the greatest one, less a rounding of these logarithms.
    private static readonly (double Least, double Most) Logs64 = (-708.39, 709.78);
    private static readonly (double Least, double Most) Logs32 = (-87.336, 88.722);

    extension(Tensor x)
    {
        /// <summary>eˣ, neither 0 nor infinite.</summary>
        public Tensor ExpInRange()
        {
            (double least, double most) = x.DType == DType.Float32 ? Logs32 : Logs64;
            return x.Clamp(least, most).Exp();
        }

        /// <summary>eˣ - 1, not infinite.</summary>
        public Tensor Expm1InRange() => x.Clamp(high: (x.DType == DType.Float32 ? Logs32 : Logs64).Most).Expm1();

        /// <summary>x, finite.</summary>
        public Tensor Finite()
        {
            double most = Most(x);
            return x.Clamp(-most, most);
        }

        /// <summary>x, positive and finite.</summary>
        public Tensor PositiveFinite() => x.Clamp(Least(x), Most(x));

        /// <summary>x, strictly between 0 and 1.</summary>
        public Tensor InsideUnit() => x.Clamp(Least(x), x.DType == DType.Float32 ? MathF.BitDecrement(1) : Math.BitDecrement(1));

        /// <summary>low + x, where it rounds to the end itself the next number above, and finite.</summary>
        /// <param name="low">A low end that does not belong to the support.</param>
        public Tensor Above(Tensor low)
        {
            Tensor y = low + x;
            Tensor next = low + (low.Abs() * (x.DType == DType.Float32 ? Math.ScaleB(1, -23) : Math.ScaleB(1, -52))).Clamp(Least(x));
            return Tensor.Where(y > low, y, next).Finite();
        }
    }

    private static double Least(Tensor x) => x.DType == DType.Float32 ? 1.17549435e-38 : 2.2250738585072014e-308;

    private static double Most(Tensor x) => x.DType == DType.Float32 ? float.MaxValue : double.MaxValue;
}
