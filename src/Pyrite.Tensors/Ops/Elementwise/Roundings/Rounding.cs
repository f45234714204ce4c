using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Elementwise.Bounds;
using Pyrite.Ops.Elementwise.Roundings;

namespace Pyrite;

/// <summary>Whole parts, remainders, bounds and signs.</summary>
public static class Rounding
{
    extension(Tensor x)
    {
        /// <summary>The largest whole number not above x; gradient 0.</summary>
        public Tensor Floor() => Map<FloorKernel>.Of(x);

        /// <summary>The smallest whole number not below x; gradient 0.</summary>
        public Tensor Ceiling() => Map<CeilingKernel>.Of(x);

        /// <summary>The nearest whole number, halves to the even one; gradient 0.</summary>
        public Tensor Round() => Map<RoundKernel>.Of(x);

        /// <summary>The whole part, towards zero; gradient 0.</summary>
        public Tensor Truncate() => Map<TruncateKernel>.Of(x);

        /// <summary>What truncation cuts off, with the sign of x.</summary>
        public Tensor Fraction() => Map<FractionKernel>.Of(x);

        /// <summary>What division by b leaves over, with the sign of b, as % in Python; shapes broadcast.</summary>
        public Tensor Remainder(Tensor b) => Zip<RemainderKernel>.Of(x, b);

        /// <summary>What division by b leaves over, with the sign of x, as % in C#; shapes broadcast.</summary>
        public Tensor TruncatedRemainder(Tensor b) => Zip<TruncatedRemainderKernel>.Of(x, b);

        /// <summary>The largest whole number not above x / b; shapes broadcast, gradient 0.</summary>
        public Tensor FloorDivide(Tensor b) => Zip<FloorDivideKernel>.Of(x, b);

        /// <summary>The size of x with the sign of b; shapes broadcast.</summary>
        public Tensor CopySign(Tensor b) => Zip<CopySignKernel>.Of(x, b);

        /// <summary>x cut off at bounds; at a bound the gradient passes, beyond it is 0. NaN stays NaN.</summary>
        /// <param name="low">The smallest value to let through.</param>
        /// <param name="high">The largest value to let through.</param>
        public Tensor Clamp(double low = double.NegativeInfinity, double high = double.PositiveInfinity) =>
            Transform<Clamp>.Of(new Clamp(low, high, Inclusive: true), x);

        /// <summary>x with NaN and the infinities replaced by numbers; there the gradient is 0.</summary>
        public Tensor NanToNumber(double nan = 0, double positiveInfinity = double.MaxValue, double negativeInfinity = double.MinValue) =>
            Transform<NanToNumber>.Of(new NanToNumber(nan, positiveInfinity, negativeInfinity), x);
    }
}
