using Pyrite.Kernels.Special;
using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Special;

namespace Pyrite;

/// <summary>Modified Bessel functions of the first kind.</summary>
/// <remarks>Computed in double precision whatever the element type; integers become reals of the default precision.</remarks>
public static class BesselFunctions
{
    extension(Tensor x)
    {
        /// <summary>e^-|x| I₀(x).</summary>
        public Tensor BesselI0Scaled() => Map<ScalarMap<I0Function>>.Of(x);

        /// <summary>e^-|x| I₁(x).</summary>
        public Tensor BesselI1Scaled() => Map<ScalarMap<I1Function>>.Of(x);

        /// <summary>log I₀(x), relatively exact near 0.</summary>
        public Tensor LogBesselI0() => Map<ScalarMap<LogI0Function>>.Of(x);

        /// <summary>I₁(x) / I₀(x), the slope of <see cref="LogBesselI0"/>.</summary>
        public Tensor BesselRatio() => Map<ScalarMap<RatioFunction>>.Of(x);
    }

    private readonly struct I0Function : IScalarFunction
    {
        public static string Name => "i0e";

        public static double Of(double x) => BesselMath.I0e(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * (x.BesselI1Scaled() - (x.Sign() * y));
    }

    private readonly struct I1Function : IScalarFunction
    {
        public static string Name => "i1e";

        public static double Of(double x) => BesselMath.I1e(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) =>
            dy * (x.BesselI0Scaled() - (y / Tensor.Where(x.EqualTo(0), 1, x)) - (x.Sign() * y)) - (0.5 * dy * x.EqualTo(0).To(x.DType));
    }

    private readonly struct LogI0Function : IScalarFunction
    {
        public static string Name => "log i0";

        public static double Of(double x) => BesselMath.LogI0(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x.BesselRatio();
    }

    private readonly struct RatioFunction : IScalarFunction
    {
        public static string Name => "i1 / i0";

        public static double Of(double x) => BesselMath.Ratio(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) =>
            dy * (1.0 - Tensor.Where(x.EqualTo(0), 0.5, y / Tensor.Where(x.EqualTo(0), 1, x)) - y.Square());
    }
}
