using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Elementwise.Exponentials;

namespace Pyrite;

/// <summary>Powers, roots and logarithms beyond <see cref="Elementwise"/>.</summary>
public static class Powers
{
    extension(Tensor x)
    {
        /// <summary>x to the power of y, element by element; shapes broadcast, 0⁰ is 1.</summary>
        /// <remarks>A number as the exponent is a constant; -1, 0, ½, 1, 2 and 3 are computed without logarithms.</remarks>
        public Tensor Pow(Tensor y) =>
            y.IsWeak && !x.IsWeak ? Transform<PowerByNumber>.Of(new PowerByNumber(y.WeakValue), x) : Zip<PowerKernel>.Of(x, y);

        /// <summary>2 to the power of x.</summary>
        public Tensor Exp2() => Map<Exp2Kernel>.Of(x);

        /// <summary>Logarithm to base 2; -∞ at 0 and NaN below.</summary>
        public Tensor Log2() => Map<Log2Kernel>.Of(x);

        /// <summary>Logarithm to base 10; -∞ at 0 and NaN below.</summary>
        public Tensor Log10() => Map<Log10Kernel>.Of(x);

        /// <summary>1 / √x; ∞ at 0 and NaN below.</summary>
        public Tensor ReciprocalSqrt() => Map<ReciprocalSqrtKernel>.Of(x);

        /// <summary>√(a² + b²) without overflow; shapes broadcast.</summary>
        public Tensor Hypotenuse(Tensor b) => Zip<HypotenuseKernel>.Of(x, b);
    }
}
