using System.Numerics;
using Pyrite.Kernels.Random;
using Pyrite.Testing;

namespace Pyrite.Tests.Kernels;

public class ElementDrawsTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(5).Child("proposals");

    [Theory, InlineData(1e-4), InlineData(0.3), InlineData(0.999), InlineData(1), InlineData(2.5), InlineData(80), InlineData(1e6)]
    public void Gamma_draws_are_those_of_the_textbook(double concentration)
    {
        double[] logs = Draw<LogGammaKernel>([concentration], 1000, 0);
        double[] expected = [.. Enumerable.Range(0, 1000).Select(i => ProposalOracle.LogGamma(Key, i, concentration))];

        Close.Assert(logs, expected, 1e-12, 1e-12, "log draws");
        double[] draws = Draw<GammaKernel>([concentration], 1000, 0);
        Close.Assert(draws, [.. expected.Select(x => Math.Exp(Math.Max(x, -708)))], 1e-9, 1e-300, "draws");
    }

    [Theory, InlineData(0), InlineData(0.01), InlineData(9.99), InlineData(10), InlineData(31), InlineData(50), InlineData(1e4), InlineData(1e6)]
    public void Poisson_draws_are_those_of_the_textbook(double rate)
    {
        double[] draws = Draw<PoissonKernel>([rate], 1000, 0);
        double[] expected = [.. Enumerable.Range(0, 1000).Select(i => ProposalOracle.Poisson(Key, i, rate))];

        Assert.Equal(expected, draws);
    }

    [Fact]
    public void Draws_do_not_depend_on_how_a_fill_is_cut()
    {
        double[] parameters = [0.2, 3, 40, 1e-3, 7, 12, 1000];
        double[] gammas = Draw<GammaKernel>(parameters, 1003, 0);
        double[] counts = Draw<PoissonKernel>(parameters, 1003, 0);
        foreach ((int start, int length) in new[] { (0, 1), (1, 7), (5, 300), (255, 3), (256, 256), (1000, 3), (3, 1000) })
        {
            Assert.Equal(gammas[start..(start + length)], Draw<GammaKernel>(parameters, length, start));
            Assert.Equal(counts[start..(start + length)], Draw<PoissonKernel>(parameters, length, start));
        }
    }

    [Fact]
    public void Draws_do_not_depend_on_the_parameters_of_neighbours()
    {
        double[] mixed = [0.5, 20, 3, 9.5, 700, 1, 50, 0.01, 11];
        double[] gammas = Draw<LogGammaKernel>(mixed, 900, 0);
        double[] counts = Draw<PoissonKernel>(mixed, 900, 0);
        for (int k = 0; k < mixed.Length; k++)
        {
            double[] alone = Draw<LogGammaKernel>([mixed[k]], 900, 0);
            double[] countsAlone = Draw<PoissonKernel>([mixed[k]], 900, 0);
            for (int i = k; i < 900; i += mixed.Length)
            {
                Assert.Equal(alone[i], gammas[i]);
                Assert.Equal(countsAlone[i], counts[i]);
            }
        }
    }

    [Fact]
    public void Draws_have_the_same_bits_on_every_machine()
    {
        double[] parameters = [0.05, 0.7, 1, 3.3, 12, 99, 1e5];
        double[] draws =
            [.. Draw<GammaKernel>(parameters, 700, 0), .. Draw<LogGammaKernel>(parameters, 700, 0), .. Draw<PoissonKernel>(parameters, 700, 0)];
        ulong hash = 0;
        foreach (double draw in draws)
        {
            hash = (BitOperations.RotateLeft(hash, 5) ^ BitConverter.DoubleToUInt64Bits(draw)) * 0x9E3779B97F4A7C15;
        }
        Assert.Equal(9549279095436945523, hash);
    }

    [Fact]
    public void Single_precision_draws_are_rounded_double_precision_draws()
    {
        float[] single = new float[500];
        ElementDraws.Fill<GammaKernel, float>(Key, [2.5f], single, 0, 0);

        Assert.Equal([.. Draw<GammaKernel>([2.5], 500, 0).Select(x => (float)x)], single);
    }

    [Fact]
    public void Parameters_without_a_distribution_give_NaN_and_leave_their_neighbours_alone()
    {
        double[] gammas = Draw<GammaKernel>([2, double.NaN, -1, 0, double.PositiveInfinity], 40, 0);
        double[] counts = Draw<PoissonKernel>([20, double.NaN, -1, double.PositiveInfinity], 40, 0);
        double[] goodGammas = Draw<GammaKernel>([2], 40, 0);
        double[] goodCounts = Draw<PoissonKernel>([20], 40, 0);
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(i % 5 == 0 ? goodGammas[i] : double.NaN, gammas[i]);
            Assert.Equal(i % 4 == 0 ? goodCounts[i] : double.NaN, counts[i]);
        }
    }

    private static double[] Draw<TKernel>(double[] parameters, int length, int offset)
        where TKernel : IProposalKernel
    {
        double[] draws = new double[length];
        ElementDraws.Fill<TKernel, double>(Key, parameters, draws, offset, offset);
        return draws;
    }
}
