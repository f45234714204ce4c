using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Elementwise.Exponentials;

namespace Pyrite;

/// <summary>The four rules of arithmetic and powers, with broadcasting.</summary>
/// <remarks>Shapes broadcast from the last axis; types promote; a C# number takes its partner's type. Division and powers of integers give reals of
/// the default precision.</remarks>
public static class Arithmetic
{
    extension(Tensor)
    {
        /// <summary>a + b, element by element.</summary>
        public static Tensor operator +(Tensor a, Tensor b) => Zip<AddKernel>.Of(a, b);

        /// <summary>a - b, element by element.</summary>
        public static Tensor operator -(Tensor a, Tensor b) => Zip<SubtractKernel>.Of(a, b);

        /// <summary>a · b, element by element.</summary>
        public static Tensor operator *(Tensor a, Tensor b) => Zip<MultiplyKernel>.Of(a, b);

        /// <summary>a / b, element by element, always in reals; x / 0 is ±∞ and 0 / 0 NaN.</summary>
        public static Tensor operator /(Tensor a, Tensor b) => Zip<DivideKernel>.Of(a, b);

        /// <summary>-x, element by element.</summary>
        public static Tensor operator -(Tensor x) => x.DType.IsFloatingPoint ? Map<NegateKernel>.Of(x) : 0.0 - x;
    }

    extension(Tensor x)
    {
        /// <summary>x to the power of y, element by element; 0⁰ is 1.</summary>
        /// <remarks>A C# number as the exponent is a constant; -1, 0, ½, 1, 2 and 3 are computed without logarithms.</remarks>
        public Tensor Pow(Tensor y) =>
            y.IsWeak && !x.IsWeak ? Transform<PowerByNumber>.Of(new PowerByNumber(y.WeakValue), x) : Zip<PowerKernel>.Of(x, y);
    }
}
