using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Elementwise.Exponentials;

namespace Pyrite;

/// <summary>Roots, powers of a base and logarithms beyond <see cref="Elementwise"/>.</summary>
public static class Powers
{
    extension(Tensor x)
    {
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
