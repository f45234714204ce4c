using Pyrite.Testing;

namespace Pyrite.Tests.Ops.Chains;

/// <summary>Sums over the paths of chains against plain operations, step by step, and against all paths one by one.</summary>
public sealed class ChainsTests
{
    private const double NoPath = double.NegativeInfinity;

    public static TheoryData<int, int, int, bool, bool> Sizes => new()
    {
        { 1, 2, 1, false, false }, { 1, 1, 5, false, false }, { 3, 7, 2, false, false }, { 2, 40, 16, false, false }, { 4, 9, 5, true, false },
        { 3, 11, 4, false, true }, { 2, 6, 17, true, true }, { 1, 300, 3, false, false },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void Value_and_gradients_are_those_of_plain_steps(int chains, int steps, int states, bool own, bool stepwise)
    {
        (Tensor transitions, Tensor scores) = Case(chains, steps, states, own, stepwise);

        Agree(transitions, scores, 1e-12);
    }

    [Fact]
    public void All_paths_one_by_one_have_the_same_sum()
    {
        (Tensor transitions, Tensor scores) = Case(1, 5, 3, own: false, stepwise: true);
        double[] pairs = transitions.ToArray<double>(), own = scores.ToArray<double>();
        double sum = 0;
        for (int path = 0; path < 243; path++)
        {
            int[] states = [path % 3, path / 3 % 3, path / 9 % 3, path / 27 % 3, path / 81];
            double score = 0;
            for (int t = 0; t < 5; t++)
            {
                score += own[(t * 3) + states[t]] + (t == 0 ? 0 : pairs[((t - 1) * 9) + (states[t - 1] * 3) + states[t]]);
            }
            sum += Math.Exp(score);
        }

        Assert.Equal(Math.Log(sum), Pyrite.Chains.LogSumOverPaths(transitions, scores).Item(), 1e-12);
    }

    [Fact]
    public void Impossible_steps_have_finite_gradients()
    {
        // From the left to the right: half of the matrix is impossible, and some scores are.
        Tensor transitions = Tensor.From<double>([-0.5, -1, NoPath, NoPath, -0.2, -1.5, NoPath, NoPath, 0], [3, 3]);
        Tensor scores = Tensor.From<double>([0, NoPath, NoPath, -1, -2, -3, -40, -900, NoPath, -5, NoPath, -1, -1, -1, -2000], [5, 3]);

        Agree(transitions, scores, 1e-12);
    }

    [Fact]
    public void Without_any_path_the_sum_is_minus_infinity_and_gradients_are_zero()
    {
        Tensor transitions = Tensor.From<double>([0, NoPath, NoPath, 0], [2, 2]).AsVariable();
        Tensor scores = Tensor.From<double>([0, NoPath, NoPath, 0, 1, 2, 0, 0], [2, 2, 2]).AsVariable();

        Tensor sums = Pyrite.Chains.LogSumOverPaths(transitions, scores);
        Tensor[] gradients = Gradient.Of(sums.Sum(), [transitions, scores]);

        Assert.Equal(NoPath, sums[0].Item());
        Assert.Equal(Math.Log(Math.Exp(1) + Math.Exp(2)), sums[1].Item(), 1e-14);
        Assert.Equal([0, 0, 0, 0], gradients[1][0].Reshape(4).ToArray<double>());
        Assert.All(gradients[0].ToArray<double>(), slope => Assert.True(double.IsFinite(slope)));
    }

    [Fact]
    public void Paths_far_below_the_range_of_numbers_keep_their_sums()
    {
        // What is likely at first becomes impossible; the path that is left has weights below e⁻⁷⁴⁵ on its way.
        Tensor transitions = Tensor.From<double>([0, -800, NoPath, -1], [2, 2]);
        Tensor scores = Tensor.From<double>([0, -900, 0, -3, 0, 0, NoPath, 0, -5, -1], [5, 2]);

        Agree(transitions, scores, 1e-11);
        Assert.True(double.IsFinite(Pyrite.Chains.LogSumOverPaths(transitions, scores).Item()));
    }

    [Theory, InlineData(0), InlineData(1_000), InlineData(-2_000)]
    public void Large_scores_shift_the_sum_alone(double shift)
    {
        (Tensor transitions, Tensor scores) = Case(2, 50, 4, own: false, stepwise: false);

        double[] plain = Pyrite.Chains.LogSumOverPaths(transitions, scores).ToArray<double>();
        double[] shifted = Pyrite.Chains.LogSumOverPaths(transitions, scores + shift).ToArray<double>();

        Assert.Equal(plain[0], shifted[0] - (50 * shift), 1e-9);
        Assert.Equal(plain[1], shifted[1] - (50 * shift), 1e-9);
    }

    [Fact]
    public void Float32_is_summed_in_Float64()
    {
        (Tensor transitions, Tensor scores) = Case(2, 30, 6, own: true, stepwise: false);
        Tensor narrow = transitions.To(DType.Float32).AsVariable(), own = scores.To(DType.Float32).AsVariable();

        Tensor sums = Pyrite.Chains.LogSumOverPaths(narrow, own);
        Tensor[] gradients = Gradient.Of(sums.Sum(), [narrow, own]);

        Assert.Equal([DType.Float32, DType.Float32, DType.Float32], [sums.DType, gradients[0].DType, gradients[1].DType]);
        double[] exact = Pyrite.Chains.LogSumOverPaths(narrow.Detach().To(DType.Float64), own.Detach().To(DType.Float64)).ToArray<double>();
        Close.Assert(sums.To(DType.Float64).ToArray<double>(), exact, 1e-6, 1e-6, "sums");
    }

    [Fact]
    public void Axes_in_front_broadcast()
    {
        (Tensor transitions, Tensor scores) = Case(6, 4, 3, own: false, stepwise: false);

        Tensor sums = Pyrite.Chains.LogSumOverPaths(transitions.Reshape(3, 3), scores.Reshape(2, 3, 4, 3));

        Assert.Equal([2, 3], sums.Shape);
        Close.Assert(sums.Reshape(6).ToArray<double>(), Plain(transitions, scores).ToArray<double>(), 1e-13, 1e-13, "sums");
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Assert.Contains("[.., T, K]", Assert.Throws<ArgumentException>(
            () => Pyrite.Chains.LogSumOverPaths(Tensor.Zeros([3, 3]), Tensor.Zeros([5, 4]))).Message);
        Assert.Contains("[.., T - 1, K, K]", Assert.Throws<ArgumentException>(
            () => Pyrite.Chains.LogSumOverPaths(Tensor.Zeros([5, 3, 3]), Tensor.Zeros([5, 3]))).Message);
        Assert.Contains("do not broadcast", Assert.Throws<ArgumentException>(
            () => Pyrite.Chains.LogSumOverPaths(Tensor.Zeros([2, 1, 3, 3]), Tensor.Zeros([4, 5, 3]))).Message);
    }

    private static (Tensor Transitions, Tensor Scores) Case(int chains, int steps, int states, bool own, bool stepwise)
    {
        RandomKey key = RandomKey.FromSeed((ulong)((chains * 1000) + (steps * 10) + states));
        Shape matrices = [own ? chains : 1, stepwise ? steps - 1 : 1, states, states];
        return ((key.Child("transitions").Normal(matrices, DType.Float64) * 2).LogSoftmax(),
            key.Child("scores").Normal([chains, steps, states], DType.Float64) * 3);
    }

    private static void Agree(Tensor transitions, Tensor scores, double tolerance)
    {
        Tensor one = transitions.AsVariable(), own = scores.AsVariable(), other = transitions.AsVariable(), same = scores.AsVariable();

        Tensor sums = Pyrite.Chains.LogSumOverPaths(one, own), plain = Plain(other, same);
        Tensor weights = Tensor.Range(sums.Shape.Count == 1 ? 1 : sums.Shape[0]).To(DType.Float64).Reshape(sums.Shape) + 0.5;
        Tensor[] found = Gradient.Of((sums * weights).Sum(), [one, own]), expected = Gradient.Of((plain * weights).Sum(), [other, same]);

        Close.Assert(sums.ToArray<double>(), plain.ToArray<double>(), tolerance, tolerance, "sums");
        Close.Assert(found[0].ToArray<double>(), expected[0].ToArray<double>(), tolerance, 1e-10, "gradient of transitions");
        Close.Assert(found[1].ToArray<double>(), expected[1].ToArray<double>(), tolerance, 1e-10, "gradient of scores");
    }

    /// <summary>A logarithm of a sum for each step.</summary>
    private static Tensor Plain(Tensor transitions, Tensor scores)
    {
        Tensor weights = scores.Select(-2, 0);
        for (int t = 1; t < scores.Shape[^2]; t++)
        {
            Tensor matrix = transitions.Rank == 2 ? transitions : transitions.Select(-3, transitions.Shape[^3] == 1 ? 0 : t - 1);
            weights = (weights.Unsqueeze(-1) + matrix).LogSumExp(-2) + scores.Select(-2, t);
        }
        return weights.LogSumExp(-1);
    }
}
