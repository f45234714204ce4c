using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Simd;
using Pyrite.Kernels.Special;
using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Special;

namespace Pyrite;

/// <summary>The logarithm of the gamma function, its derivatives, and the beta function.</summary>
/// <remarks>Computed in double precision whatever the element type; integers become reals of the default precision.</remarks>
public static class GammaFunctions
{
    extension(Tensor x)
    {
        /// <summary>log |Γ(x)|; +∞ at 0, -1, -2, …</summary>
        public Tensor LogGamma() => Map<LogGammaKernel>.Of(x);

        /// <summary>The derivative of log Γ; NaN at 0, -1, -2, …</summary>
        public Tensor Digamma() => Map<DigammaKernel>.Of(x);

        /// <summary>ψ(x + ½) - ψ(x) for positive x, without the cancellation of large terms.</summary>
        public Tensor DigammaHalfStep() => Map<ScalarMap<DigammaHalfStepFunction>>.Of(x);

        /// <summary>ψ(x + step) - ψ(x) for positive x and step, without the cancellation of large terms; broadcasts.</summary>
        internal Tensor DigammaStep(Tensor step) => Zip<ScalarZip<DigammaStepFunction>>.Of(x, step);

        /// <summary>The second derivative of log Γ, for positive x exact.</summary>
        public Tensor Trigamma() => Map<ScalarMap<TrigammaFunction>>.Of(x);

        /// <summary>The derivative of the given order (1 or more) of the digamma function, for positive x.</summary>
        public Tensor Polygamma(int order) => PolygammaOperation.Of(x, order);

        /// <summary>log B(x, other) = log Γ(x) + log Γ(other) - log Γ(x + other), without cancellation where both are large.</summary>
        public Tensor LogBeta(Tensor other) => Zip<ScalarZip<LogBetaFunction>>.Of(x, other);
    }

    private readonly struct LogGammaKernel : IUnaryKernel
    {
        public static string Name => "lgamma";

        public static ElementwiseForm? Form { get; } = ElementwiseForm.OfDouble<LogGammaFunction>();

        public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
            WideMap.Run<LogGammaFunction, T>(x, y);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x.Digamma();
    }

    private readonly struct DigammaKernel : IUnaryKernel
    {
        public static string Name => "digamma";

        public static ElementwiseForm? Form { get; } = ElementwiseForm.OfDouble<DigammaFunction>();

        public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
            WideMap.Run<DigammaFunction, T>(x, y);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x.Trigamma();
    }

    private readonly struct TrigammaFunction : IScalarFunction
    {
        public static string Name => "trigamma";

        public static double Of(double x) => GammaMath.Polygamma(1, x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x.Polygamma(2);
    }

    private readonly struct DigammaHalfStepFunction : IScalarFunction
    {
        public static string Name => "digamma half step";

        public static double Of(double x) => GammaMath.DigammaHalfStep(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * ((x + 0.5).Trigamma() - x.Trigamma());
    }

    private readonly struct LogBetaFunction : IScalarFunction2
    {
        public static string Name => "lbeta";

        public static double Of(double a, double b) => GammaMath.LogBeta(a, b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            -dy * (input == 0 ? a.DigammaStep(b) : b.DigammaStep(a));
    }

    private readonly struct DigammaStepFunction : IScalarFunction2
    {
        public static string Name => "digamma step";

        public static double Of(double a, double b) => GammaMath.DigammaStep(a, b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * (input == 0 ? (a + b).Trigamma() - a.Trigamma() : (a + b).Trigamma());
    }
}
