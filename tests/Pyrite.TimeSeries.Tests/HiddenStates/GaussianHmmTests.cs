using Pyrite.Testing;

namespace Pyrite.HiddenStates;

/// <summary>Hidden Markov models with Gaussian vectors of which parts are missing.</summary>
public sealed class GaussianHmmTests
{
    private static readonly Tensor Start = Tensor.From([0.3, 0.7]).Log();
    private static readonly Tensor Transition = Tensor.From(new double[,] { { 0.8, 0.2 }, { 0.4, 0.6 } }).Log();
    private static readonly Tensor Loc = Tensor.From(new double[,] { { -1, 0.5 }, { 1, 2 } });
    private static readonly Tensor Covariance = Tensor.From<double>([1, 0.3, 0.3, 0.5, 2, -0.4, -0.4, 1], [2, 2, 2]);
    private static readonly Tensor Data = RandomKey.FromSeed(1).Normal([4, 2], DType.Float64);

    [Fact]
    public void Missing_parts_are_integrated_out()
    {
        Tensor present = Tensor.From(new bool[,] { { true, true }, { true, false }, { false, false }, { false, true } });
        Hmm model = GaussianHmm.OfVectors(Start, Transition, Loc, Covariance, 4, present: present);
        double[] y = Data.ToArray<double>(), scores = new double[8];
        for (int k = 0; k < 2; k++)
        {
            scores[k] = new MultivariateNormal(Loc[k], covarianceMatrix: Covariance[k]).LogProb(Data[0]).Item();
            scores[2 + k] = new Normal(Loc[k, 0], Covariance[k, 0, 0].Sqrt()).LogProb(y[2]).Item();
            scores[6 + k] = new Normal(Loc[k, 1], Covariance[k, 1, 1].Sqrt()).LogProb(y[7]).Item();
        }
        double sum = 0;
        double[] start = Start.ToArray<double>(), moves = Transition.ToArray<double>();
        for (int path = 0; path < 16; path++)
        {
            int[] z = [path & 1, (path >> 1) & 1, (path >> 2) & 1, path >> 3];
            sum += Math.Exp(start[z[0]] + Enumerable.Range(0, 4).Sum(t => scores[(2 * t) + z[t]] + (t == 0 ? 0 : moves[(2 * z[t - 1]) + z[t]])));
        }

        Assert.Equal(Math.Log(sum), model.LogProb(Tensor.Where(present, Data, double.NaN)).Item(), 1e-12);
        GradientCheck.Verify(
            x => GaussianHmm.OfVectors(Start, Transition, x[0], 0.5 * (x[1] + x[1].Transpose()), 4, present: present).LogProb(Data), Loc, Covariance);
    }

    [Fact]
    public void Symbols_and_vectors_without_gaps_are_the_families_themselves()
    {
        Tensor symbols = Tensor.From(new double[,] { { 0.7, 0.2, 0.1 }, { 0.1, 0.3, 0.6 } }).Log(), seen = Tensor.From<long>([2, 0, 1, 1]);

        Assert.Equal(new Hmm(Start, Transition, new Categorical(logits: symbols), 4).LogProb(seen).Item(),
            CategoricalHmm.Of(Start, Transition, symbols, 4).LogProb(seen).Item());
        Assert.Equal(new Hmm(Start, Transition, new MultivariateNormal(Loc, covarianceMatrix: Covariance), 4).LogProb(Data).Item(),
            GaussianHmm.OfVectors(Start, Transition, Loc, Covariance, 4).LogProb(Data).Item());
        Assert.Equal([4, 2], GaussianHmm.OfVectors(Start, Transition, Loc, Covariance, 4,
            present: Tensor.Full([4, 2], 1, DType.Bool)).Sample(RandomKey.FromSeed(1)).Shape);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused() => Assert.Contains("Bool [4, D]",
        Assert.Throws<ArgumentException>(() => GaussianHmm.OfVectors(Start, Transition, Loc, Covariance, 4,
            present: Tensor.Full([3, 2], 1, DType.Bool))).Message);
}
