using System.Runtime.CompilerServices;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Kernels;

/// <summary>The score of an outcome in loops has the bits of the operation, in all widths.</summary>
public sealed class BernoulliScoreFunctionTests
{
    private static readonly double[] Outcomes =
        [0, 1, 0.25, 1e-300, 0.9999999999999999, -0.0, -double.Epsilon, 1.0000000000000002, -1, 2, double.NaN, double.PositiveInfinity,
            double.NegativeInfinity];

    private static readonly double[] LogOdds =
        [0, -0.0, 1, -1, 0.3, -0.3, 36.5, -36.5, 745, -745, 1e10, -1e10, double.MaxValue, -double.MaxValue, double.Epsilon, double.PositiveInfinity,
            double.NegativeInfinity, double.NaN];

    [Fact]
    public void Scores_have_the_bits_of_the_operation()
    {
        double[] x = [.. Outcomes.SelectMany(outcome => LogOdds.Select(_ => outcome))], l = [.. Outcomes.SelectMany(_ => LogOdds)];
        double[] expected = BernoulliLogitsOperation.Of(Tensor.From(x), Tensor.From(l), null).ToArray<double>();
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(expected[i], Score<Simd512<double>>(x[i], l[i]));
            Assert.Equal(expected[i], Score<Simd256<double>>(x[i], l[i]));
            Assert.Equal(expected[i], Score<Simd128<double>>(x[i], l[i]));
        }
    }

    private static double Score<V>(double x, double l) where V : unmanaged, ISimd<V, double>
    {
        V result = BernoulliScoreFunction.Double(V.Of(x), V.Of(l));
        return Unsafe.As<V, double>(ref result);
    }
}
