using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Elementwise.Trigonometric;

namespace Pyrite;

/// <summary>Trigonometric and hyperbolic functions beyond sine, cosine and tanh; angles in radians.</summary>
public static class Trigonometry
{
    extension(Tensor x)
    {
        /// <summary>Tangent.</summary>
        public Tensor Tan() => Map<TanKernel>.Of(x);

        /// <summary>Hyperbolic sine.</summary>
        public Tensor Sinh() => Map<SinhKernel>.Of(x);

        /// <summary>Hyperbolic cosine.</summary>
        public Tensor Cosh() => Map<CoshKernel>.Of(x);

        /// <summary>Inverse sine, from -π/2 to π/2; NaN outside [-1, 1].</summary>
        public Tensor Asin() => Map<AsinKernel>.Of(x);

        /// <summary>Inverse cosine, from 0 to π; NaN outside [-1, 1].</summary>
        public Tensor Acos() => Map<AcosKernel>.Of(x);

        /// <summary>Inverse tangent, from -π/2 to π/2.</summary>
        public Tensor Atan() => Map<AtanKernel>.Of(x);

        /// <summary>The angle of the point (b, x) with y-coordinate x, from -π to π; shapes broadcast.</summary>
        public Tensor Atan2(Tensor b) => Zip<Atan2Kernel>.Of(x, b);

        /// <summary>Inverse hyperbolic sine.</summary>
        public Tensor Asinh() => Map<AsinhKernel>.Of(x);

        /// <summary>Inverse hyperbolic cosine; NaN below 1.</summary>
        public Tensor Acosh() => Map<AcoshKernel>.Of(x);

        /// <summary>Inverse hyperbolic tangent; NaN outside [-1, 1].</summary>
        public Tensor Atanh() => Map<AtanhKernel>.Of(x);
    }
}
