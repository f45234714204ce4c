using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Elementwise.Activating;
using Pyrite.Ops.Elementwise.Exponentials;
using Pyrite.Ops.Elementwise.Trigonometric;

namespace Pyrite;

/// <summary>Functions of each element on its own; shapes stay, integers become reals of the default precision.</summary>
public static class Elementwise
{
    extension(Tensor x)
    {
        /// <summary>eˣ. Above 88.72 (Float32) or 709.78 (Float64) the result is +∞.</summary>
        public Tensor Exp() => Map<ExpKernel>.Of(x);

        /// <summary>Natural logarithm; -∞ at 0 and NaN below.</summary>
        public Tensor Log() => Map<LogKernel>.Of(x);

        /// <summary>log(1 + x), exact for small x.</summary>
        public Tensor Log1p() => Map<Log1pKernel>.Of(x);

        /// <summary>eˣ - 1, exact for small x.</summary>
        public Tensor Expm1() => Map<Expm1Kernel>.Of(x);

        /// <summary>Square root; NaN below 0.</summary>
        public Tensor Sqrt() => Map<SqrtKernel>.Of(x);

        /// <summary>x².</summary>
        public Tensor Square() => Map<SquareKernel>.Of(x);

        /// <summary>Absolute value; gradient 0 at 0.</summary>
        public Tensor Abs() => Map<AbsKernel>.Of(x);

        /// <summary>-1, 0 or 1 by the sign; gradient 0.</summary>
        public Tensor Sign() => Map<SignKernel>.Of(x);

        /// <summary>1 / x.</summary>
        public Tensor Reciprocal() => Map<ReciprocalKernel>.Of(x);

        /// <summary>Sine of an angle in radians.</summary>
        public Tensor Sin() => Map<SinKernel>.Of(x);

        /// <summary>Cosine of an angle in radians.</summary>
        public Tensor Cos() => Map<CosKernel>.Of(x);

        /// <summary>Hyperbolic tangent.</summary>
        public Tensor Tanh() => Map<TanhKernel>.Of(x);

        /// <summary>1 / (1 + e⁻ˣ). The result remembers x (<see cref="Tensor.SigmoidArgument"/>), so that densities need not invert it.</summary>
        public Tensor Sigmoid()
        {
            Tensor y = Map<SigmoidKernel>.Of(x);
            y.SigmoidArgument = x;
            return y;
        }

        /// <summary>log(1 + eˣ), exact for any size of x.</summary>
        public Tensor Softplus() => Map<SoftplusKernel>.Of(x);

        /// <summary>max(x, 0); gradient 0 at 0.</summary>
        public Tensor Relu() => Map<ReluKernel>.Of(x);
    }
}
