using Pyrite.Testing;

namespace Pyrite;

/// <summary>Hidden Markov models against sums over all paths, one by one.</summary>
public sealed class HmmTests
{
    private const int States = 3;
    private const int Steps = 4;

    private static readonly Tensor Initial = Tensor.From([0.3, -0.8, 0.1]);
    private static readonly Tensor Transitions =
        Tensor.From(new double[,] { { 1.2, -0.3, 0 }, { 0.4, 0.9, double.NegativeInfinity }, { -1, 0.2, 0.7 } });
    private static readonly Tensor Loc = Tensor.From([-1.5, 0.4, 2.0]);
    private static readonly double[] Data = [-1.1, 0.3, 1.4, 0.2];

    [Theory, InlineData(HmmStart.AtFirstObservation), InlineData(HmmStart.BeforeFirstObservation)]
    public void The_density_is_the_sum_over_all_paths(HmmStart start)
    {
        Hmm hmm = new(Initial, Transitions, new Normal(Loc, 0.9), Steps, start);
        Paths paths = Paths.Of(start, present: [true, true, true, true]);

        Assert.Equal(paths.LogSum, hmm.LogProb(Tensor.From(Data)).Item(), 1e-12);
        Close.Assert(hmm.Smooth(Tensor.From(Data)).Reshape(-1).ToArray<double>(), paths.Marginals, 1e-12, 1e-12, "marginals");
        Assert.Equal(paths.Best, hmm.Viterbi(Tensor.From(Data)).States.ToArray<long>());
    }

    [Theory, InlineData(HmmStart.AtFirstObservation), InlineData(HmmStart.BeforeFirstObservation)]
    public void What_follows_is_what_a_longer_chain_without_the_last_data_says(HmmStart start)
    {
        Hmm hmm = new(Initial, Transitions, new Normal(Loc, 0.9), Steps, start);
        Tensor seen = Tensor.From(Data), next = Tensor.From([0.5, -0.2]), present = Tensor.From([true, true, true, true, false, false]);
        Hmm longer = new(Initial, Transitions, new Normal(Loc, 0.9), Steps + 2, start),
            blind = new(Initial, Transitions, new Normal(Loc, 0.9), Steps + 2, start, present);
        Tensor all = Tensor.Concat([seen, next]);

        Assert.Equal(longer.LogProb(all).Item() - hmm.LogProb(seen).Item(), hmm.Ahead(seen, 2).LogProb(next).Item(), 1e-12);
        Close.Assert(hmm.Forecast(seen, 2), blind.Smooth(all).Slice(0, Steps, 2), 1e-12, 1e-12, "states ahead");
        for (int t = 1; t <= Steps; t++)
        {
            Hmm shorter = new(Initial, Transitions, new Normal(Loc, 0.9), t, start);
            Close.Assert(hmm.Filter(seen)[t - 1], shorter.Smooth(seen[..t])[t - 1], 1e-12, 1e-12, "filtered");
        }
        Assert.Equal(start == HmmStart.AtFirstObservation ? Steps - 1 : Steps, hmm.ExpectedTransitions(seen).Sum().Item(), 1e-12);
        Tensor rows = hmm.ExpectedTransitions(seen).Sum(0), smoothed = hmm.Smooth(seen);
        Close.Assert(rows, smoothed.Sum(0) - (start == HmmStart.AtFirstObservation ? smoothed[0] : 0), 1e-12, 1e-12, "arrivals");
    }

    [Fact]
    public void What_is_missing_does_not_count()
    {
        Tensor present = Tensor.From(new bool[,] { { true, false, true, true }, { true, true, false, false } });
        Hmm hmm = new(Initial, Transitions, new Normal(Loc, 0.9), Steps, present: present);
        Tensor value = Tensor.From(new double[,] { { Data[0], double.NaN, Data[2], Data[3] }, { Data[0], Data[1], 77, -1e9 } });
        double[] expected =
        [
            Paths.Of(HmmStart.AtFirstObservation, [true, false, true, true]).LogSum,
            Paths.Of(HmmStart.AtFirstObservation, [true, true, false, false]).LogSum,
        ];

        Assert.Equal([2], hmm.BatchShape);
        Assert.Equal([4], hmm.EventShape);
        Close.Assert(hmm.LogProb(value).ToArray<double>(), expected, 1e-12, 1e-12, "scores");
    }

    [Fact]
    public void A_shorter_sequence_is_one_of_fewer_steps()
    {
        Tensor present = Tensor.From([true, true, false, false]);
        Hmm masked = new(Initial, Transitions, new Normal(Loc, 0.9), Steps, present: present);
        Hmm shorter = new(Initial, Transitions, new Normal(Loc, 0.9), 2);

        Assert.Equal(shorter.LogProb(Tensor.From(Data[..2])).Item(), masked.LogProb(Tensor.From(Data)).Item(), 1e-12);
    }

    [Fact]
    public void Counts_and_categories_are_observations_too()
    {
        Tensor table = Tensor.From(new double[,] { { 0.7, 0.2, 0.1 }, { 0.1, 0.8, 0.1 } }), start = Tensor.From([0.0, 0.0]);
        Tensor transitions = Tensor.From(new double[,] { { 0.9, 0.1 }, { 0.2, 0.8 } }).Log();
        Hmm hmm = new(start, transitions, new Categorical(table), 2);

        // Σ over both states of both steps of 0.5 · table[z₀, 1] · transition[z₀, z₁] · table[z₁, 2].
        double expected = 0.5 * ((0.2 * ((0.9 * 0.1) + (0.1 * 0.1))) + (0.8 * ((0.2 * 0.1) + (0.8 * 0.1))));
        Assert.Equal(Math.Log(expected), hmm.LogProb(Tensor.From<long>([1, 2])).Item(), 1e-12);
        Assert.True(hmm.IsDiscrete);
    }

    [Fact]
    public void Matrices_and_emissions_may_differ_by_step()
    {
        Tensor matrices = Tensor.Stack([Transitions, Tensor.Zeros([States, States], DType.Float64), Transitions.Transpose()]);
        Tensor locs = Tensor.From([0.0, 0.5, -0.5, 1.0]).Unsqueeze(-1) + Loc;
        Hmm hmm = new(Initial, matrices, new Normal(locs, 0.9), Steps);
        double[,] pairs = new double[Steps - 1, States * States];
        double[] logs = matrices.LogSoftmax().ToArray<double>();
        for (int i = 0; i < logs.Length; i++)
        {
            pairs[i / 9, i % 9] = logs[i];
        }
        double[] shifts = [0, 0.5, -0.5, 1], first = Initial.LogSoftmax().ToArray<double>(), loc = Loc.ToArray<double>();
        double sum = 0;
        for (int path = 0; path < 81; path++)
        {
            int[] z = [path % 3, path / 3 % 3, path / 9 % 3, path / 27];
            double score = first[z[0]];
            for (int t = 0; t < Steps; t++)
            {
                score += Paths.Gaussian(Data[t], loc[z[t]] + shifts[t]) + (t == 0 ? 0 : pairs[t - 1, (z[t - 1] * 3) + z[t]]);
            }
            sum += Math.Exp(score);
        }

        Assert.Equal(Math.Log(sum), hmm.LogProb(Tensor.From(Data)).Item(), 1e-12);
    }

    [Theory, InlineData(HmmStart.AtFirstObservation), InlineData(HmmStart.BeforeFirstObservation)]
    public void Draws_have_the_probabilities_of_the_density(HmmStart start)
    {
        // Observations that tell the state: each path of three steps has the probability that the density gives it.
        const int draws = 40_000;
        Hmm hmm = new(Initial, Transitions, new Categorical(Tensor.Identity(States, DType.Float64)), 3, start);

        long[] drawn = hmm.Sample(RandomKey.FromSeed(4), [draws]).To(DType.Int64).ToArray<long>();

        double chi = 0;
        int cells = 0;
        for (int path = 0; path < 27; path++)
        {
            long[] z = [path / 9, path / 3 % 3, path % 3];
            double expected = draws * Math.Exp(hmm.LogProb(Tensor.From<long>(z)).Item());
            int found = Enumerable.Range(0, draws).Count(i => drawn[3 * i] == z[0] && drawn[(3 * i) + 1] == z[1] && drawn[(3 * i) + 2] == z[2]);
            if (expected == 0)
            {
                Assert.Equal(0, found);
                continue;
            }
            chi += (found - expected) * (found - expected) / expected;
            cells++;
        }

        // The 1 - 1e-6 quantile of a χ² variable with 26 degrees of freedom is 76; fewer cells have less.
        Assert.InRange(cells, 15, 27);
        Assert.InRange(chi, 2, 76);
    }

    [Fact]
    public void Gradients_are_those_of_differences()
    {
        Tensor value = Tensor.From(Data);
        Tensor possible = Tensor.Where(Transitions.EqualTo(double.NegativeInfinity), -3.0, Transitions);

        GradientCheck.Verify(x => new Hmm(x[0], possible, new Normal(Loc, 0.9), Steps).LogProb(value), Initial);
        GradientCheck.Verify(x => new Hmm(Initial, x[0], new Normal(Loc, 0.9), Steps).LogProb(value), possible);
        GradientCheck.Verify(x => new Hmm(Initial, Transitions, new Normal(x[0], 0.9), Steps).LogProb(value), Loc);
        Tensor zeros = Transitions.AsVariable();
        Tensor slopes = Gradient.Of(new Hmm(Initial, zeros, new Normal(Loc, 0.9), Steps).LogProb(value), [zeros])[0];
        Assert.All(slopes.ToArray<double>(), slope => Assert.True(double.IsFinite(slope)));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Assert.Contains("[K, K]", Assert.Throws<ArgumentException>(
            () => new Hmm(Initial, Tensor.Zeros([2, 2]), new Normal(Loc, 1), 4)).Message);
        Assert.Contains("one distribution for each state", Assert.Throws<ArgumentException>(
            () => new Hmm(Initial, Transitions, new Normal(0, 1), 4)).Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("must be Bool", Assert.Throws<ArgumentException>(
            () => new Hmm(Initial, Transitions, new Normal(Loc, 1), 4, present: Tensor.From([true, false]))).Message);
    }

    /// <summary>The sum over all paths, the probabilities of states, and the best path.</summary>
    private sealed record Paths(double LogSum, double[] Marginals, long[] Best)
    {
        public static Paths Of(HmmStart start, bool[] present)
        {
            int length = start == HmmStart.AtFirstObservation ? Steps : Steps + 1, behind = length - Steps;
            double[] first = Initial.LogSoftmax().ToArray<double>(), pairs = Transitions.LogSoftmax().ToArray<double>(), loc = Loc.ToArray<double>();
            double sum = 0, most = double.NegativeInfinity;
            double[] marginals = new double[Steps * States];
            long[] best = [];
            for (int path = 0; path < Math.Pow(States, length); path++)
            {
                int[] z = [.. Enumerable.Range(0, length).Select(t => path / (int)Math.Pow(States, t) % States)];
                double score = first[z[0]];
                for (int t = 0; t < length; t++)
                {
                    score += t == 0 ? 0 : pairs[(z[t - 1] * States) + z[t]];
                    score += t >= behind && present[t - behind] ? Gaussian(Data[t - behind], loc[z[t]]) : 0;
                }
                sum += Math.Exp(score);
                (most, best) = score > most ? (score, [.. z[behind..].Select(state => (long)state)]) : (most, best);
                for (int t = 0; t < Steps; t++)
                {
                    marginals[(t * States) + z[t + behind]] += Math.Exp(score);
                }
            }
            return new Paths(Math.Log(sum), [.. marginals.Select(share => share / sum)], best);
        }

        public static double Gaussian(double x, double loc) => (-0.5 * (x - loc) * (x - loc) / 0.81) - Math.Log(0.9) - (0.5 * Math.Log(2 * Math.PI));
    }
}
