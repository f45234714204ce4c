using System.Numerics;
using Pyrite.Kernels.Special;

namespace Pyrite.Functions.Special;

/// <summary>Moments of the distance from the origin along a ray through a Gaussian.</summary>
internal static class ProjectedNormalFunctions
{
    private const int Panels = 8;
    private const double Negligible = 45;

    extension(Tensor t)
    {
        /// <summary>log ∫ r^order e^(-(r - t)²/2) dr over positive r, for any real t.</summary>
        public Tensor LogRadialMoment(int order) => Tensor.Apply(new MomentOperation(order), t);
    }

    /// <summary>By quadrature to both sides of the peak of the log-concave integrand.</summary>
    private static double LogMoment(int order, double t)
    {
        if (order == 0)
        {
            return (0.5 * Math.Log(2 * Math.PI)) + SpecialFunctions.LogNormalCdf(t);
        }
        if (!double.IsFinite(t))
        {
            return t > 0 ? double.PositiveInfinity : t < 0 ? double.NegativeInfinity : double.NaN;
        }
        double root = Math.Sqrt((t * t) + (4.0 * order));
        double peak = t > 0 ? 0.5 * (t + root) : 2 * order / (root - t);
        double Fall(double offset)
        {
            double deviation = peak - t;
            return (0.5 * offset * (offset + (2 * deviation))) - (order * SpecialFunctions.Log1p(offset / peak));
        }
        double width = 1 / Math.Sqrt(1 + (order / (peak * peak)));
        double up = width;
        while (Fall(up) < Negligible)
        {
            up *= 1.5;
        }
        double down = Math.Min(peak, width);
        while (down < peak && Fall(-down) < Negligible)
        {
            down = Math.Min(peak, 1.5 * down);
        }
        double sum =
            GaussLegendre.Integrate(0, up, Panels, o => Math.Exp(-Fall(o))) + GaussLegendre.Integrate(0, down, Panels, o => Math.Exp(-Fall(-o)));
        return (order * Math.Log(peak)) - (0.5 * (peak - t) * (peak - t)) + Math.Log(sum);
    }

    private readonly record struct MomentOperation(int Order) : ITensorOperation
    {
        public string Name => "log radial moment";

        public int? EntryRank => 0;

        public Shape ResultShape(ReadOnlySpan<Shape> inputs) => inputs[0];

        public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = T.CreateTruncating(LogMoment(Order, double.CreateTruncating(inputs[0][i])));
            }
        }

        /// <summary>The derivative of the integral is that of the next order less t times itself.</summary>
        public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
            upstream * ((inputs[0].LogRadialMoment(Order + 1) - output).Exp() - inputs[0]);
    }
}
