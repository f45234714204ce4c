using Pyrite.Kernels.Special;

namespace Pyrite.Ops.Random;

/// <summary>Derivatives of the slope of Gamma draws, g(a, l) = d log x / da at a fixed probability, with l = log x.</summary>
/// <remarks>From g = -(∂P/∂a) / q with q the density of l, for which ∂ log q/∂a = l - ψ(a) and ∂ log q/∂l = a - x.</remarks>
internal static class GammaDrawDerivatives
{
    private const double NearZero = -23;

    /// <summary>The gradient for a (input 0) or l (input 1).</summary>
    public static Tensor Pullback(Tensor a, Tensor l, Tensor g, Tensor upstream, int input)
    {
        Tensor excess = l - a.Digamma();
        return input == 0
            ? -upstream * (ScalarFunctions.Of<BendFunction>(a, l) + (g * excess))
            : -upstream * (excess + (g * (a - l.Exp())));
    }

    /// <summary>∂²P/∂a² over q.</summary>
    private readonly struct BendFunction : IScalarFunction2
    {
        public static string Name => "gamma draw bend";

        public static double Of(double a, double b)
        {
            if (b < NearZero)
            {
                double slope = b - GammaMath.Digamma(a + 1);
                return ((slope * slope) - GammaMath.Polygamma(1, a + 1)) / a;
            }
            double x = Math.Exp(b);
            return IncompleteGammaMath.LowerByShapeTwice(a, x) / Math.Exp(IncompleteGammaMath.LogLeading(a, x) + Math.Log(a));
        }

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            throw new NotSupportedException("Third derivatives of Gamma draws are not available; draws are differentiable twice.");
    }
}
