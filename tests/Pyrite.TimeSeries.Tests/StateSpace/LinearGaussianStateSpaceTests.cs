using Pyrite.Testing;

namespace Pyrite.StateSpace;

/// <summary>State spaces against the joint Gaussian density, at the limits of what they are asked.</summary>
public sealed class LinearGaussianStateSpaceTests
{
    private static readonly Tensor Transition = Tensor.From(new double[,] { { 0.7, 0.2 }, { -0.1, 0.9 } });
    private static readonly Tensor Noise = Tensor.From(new double[,] { { 0.5, 0.1 }, { 0.1, 0.3 } });
    private static readonly Tensor Observation = Tensor.From(new double[,] { { 1, 0.5 }, { 0, 1 } });
    private static readonly Tensor ObservationNoise = Tensor.From(new double[,] { { 0.4, -0.1 }, { -0.1, 0.6 } });
    private static readonly Tensor Mean = Tensor.From([1.0, -1.0]);
    private static readonly Tensor Covariance = Tensor.From(new double[,] { { 2, 0.3 }, { 0.3, 1 } });
    private static readonly Tensor Data = RandomKey.FromSeed(1).Normal([6, 2], DType.Float64);
    private static readonly Tensor Seen = Tensor.From(
        new bool[,] { { true, false }, { true, true }, { false, false }, { true, true }, { false, true }, { true, true } });

    [Fact]
    public void The_density_is_that_of_the_joint_Gaussian_vector()
    {
        LinearGaussianStateSpace model = Model();
        MultivariateNormal joint = new(model.Mean.Reshape(12), model.JointCovariance());

        Close.Assert(model.LogProb(Data), joint.LogProb(Data.Reshape(12)), 1e-12, 1e-12, "density");
    }

    [Theory, InlineData("normal"), InlineData("before"), InlineData("stationary"), InlineData("diffuse"), InlineData("half diffuse")]
    public void Gradients_are_those_of_differences(string start)
    {
        GradientCheck.Verify(
            x => new LinearGaussianStateSpace(x[0], Symmetric(x[1]), x[2], Symmetric(x[3]), start switch
            {
                "normal" => InitialState.Normal(x[4], Symmetric(x[5])),
                "before" => InitialState.BeforeFirst(x[4], Symmetric(x[5])),
                "stationary" => InitialState.Stationary(),
                "diffuse" => InitialState.Diffuse(),
                _ => InitialState.Diffuse([false, true], x[4], Symmetric(x[5]) * Tensor.From(new double[,] { { 1, 0 }, { 0, 0 } })),
            }, 6, x[6], x[7], Seen).LogProb(x[8]),
            Transition, Noise, Observation, ObservationNoise, Mean, Covariance, Tensor.From([0.1, -0.2]), Tensor.From([0.3, 0.4]), Data);
    }

    [Fact]
    public void Matrices_may_vary_in_time()
    {
        Tensor steps = 1 + (0.1 * Tensor.Range(6).To(DType.Float64)).Unsqueeze(-1).Unsqueeze(-1), moves = steps.Slice(0, 0, 5);
        LinearGaussianStateSpace model = new(Transition * moves, Noise * moves, Observation * steps, ObservationNoise * steps,
            InitialState.Normal(Mean, Covariance), 6, Tensor.Ones([5, 2], DType.Float64) * 0.1, Tensor.Ones([6, 2], DType.Float64) * 0.2);
        MultivariateNormal joint = new(model.Mean.Reshape(12), model.JointCovariance());

        Close.Assert(model.LogProb(Data), joint.LogProb(Data.Reshape(12)), 1e-12, 1e-12, "density");
        GradientCheck.Verify(x => new LinearGaussianStateSpace(x[0], Symmetric(x[1]), x[2], Symmetric(x[3]), InitialState.Normal(Mean, Covariance),
            6, x[4], x[5])
            .LogProb(Data), model.Transition, model.TransitionCovariance, model.Observation, model.ObservationCovariance, model.StateShift,
                model.OutputShift);
    }

    [Fact]
    public void A_diffuse_start_is_the_limit_of_a_large_variance()
    {
        // What is left is of the order of 1 / large; larger ones lose more to rounding in the filter that takes them as numbers.
        const double large = 1e5;
        LinearGaussianStateSpace diffuse = Model(InitialState.Diffuse(), Seen);
        LinearGaussianStateSpace wide = Model(InitialState.Normal(Tensor.Zeros([2], DType.Float64), large * Tensor.Identity(2, DType.Float64)), Seen);

        Assert.Equal(wide.LogProb(Data).Item() + Math.Log(large), diffuse.LogProb(Data).Item(), 1e-4);
        Close.Assert(diffuse.Smooth(Data).Mean, wide.Smooth(Data).Mean, 1e-4, 1e-4, "means");
        Close.Assert(diffuse.Smooth(Data).Covariance, wide.Smooth(Data).Covariance, 1e-4, 1e-4, "covariances");
        Close.Assert(diffuse.Smooth(Data).CrossCovariance, wide.Smooth(Data).CrossCovariance, 1e-4, 1e-4, "cross covariances");
        Assert.Equal(1, diffuse.Filter(Data).DiffuseSteps);
        Assert.True(double.IsNaN(diffuse.Filter(Data).Mean[0, 1].Item())
            && double.IsPositiveInfinity(diffuse.Filter(Data).Covariance[0, 1, 1].Item()));
    }

    [Theory, InlineData(1e7, 1e-6), InlineData(1e9, 1e-4)]
    public void A_huge_finite_start_keeps_its_digits(double large, double tolerance)
    {
        // A trend whose slope is seen only from the second observation on: variances fall from large to about 1. What the exact start leaves out is
        // of the order of 1 / large; rounding in the filter, which takes these variances as numbers, of a hundred times 1e-16 large.
        Tensor transition = Tensor.From(new double[,] { { 1, 1 }, { 0, 1 } }), noise = 0.1 * Tensor.Identity(2, DType.Float64);
        Tensor row = Tensor.From(new double[,] { { 1, 0 } }), spread = Tensor.Ones([1, 1], DType.Float64);
        Tensor y = RandomKey.FromSeed(3).Normal([8, 1], DType.Float64).CumulativeSum(0);
        Smoothed Of(InitialState start) => new LinearGaussianStateSpace(transition, noise, row, spread, start, 8).Smooth(y);
        Smoothed exact = Of(InitialState.Diffuse());
        Smoothed wide = Of(InitialState.Normal(Tensor.Zeros([2], DType.Float64), large * Tensor.Identity(2, DType.Float64)));

        Close.Assert(wide.Mean, exact.Mean, tolerance, tolerance, "means");
        Close.Assert(wide.Covariance, exact.Covariance, tolerance, tolerance, "covariances");
        Close.Assert(wide.CrossCovariance, exact.CrossCovariance, tolerance, tolerance, "cross covariances");
    }

    [Fact]
    public void Smoothed_states_are_those_of_the_joint_distribution()
    {
        // The state is observed too, without noise and never present: its smoothed moments are those of missing outputs.
        LinearGaussianStateSpace model = Model(present: Seen);
        Smoothed smoothed = model.Smooth(Data);
        Tensor wide = Tensor.Concat([Observation, Tensor.Identity(2, DType.Float64)], 0);
        LinearGaussianStateSpace both = new(Transition, Noise, wide, Components.ComponentParts.Blocks([ObservationNoise,
            Tensor.Zeros([2, 2], DType.Float64)]),
            InitialState.Normal(Mean, Covariance), 6);
        double[] joint = both.JointCovariance().ToArray<double>(), expected = both.Mean.ToArray<double>(), y = Data.ToArray<double>();
        bool[] seen = Seen.ToArray<bool>();
        int[] known = [.. Enumerable.Range(0, 12).Where(i => seen[i]).Select(i => (i / 2 * 4) + (i % 2))];
        int[] hidden = [.. Enumerable.Range(0, 12).Select(i => (i / 2 * 4) + 2 + (i % 2))];
        Tensor Part(int[] rows, int[] columns) => Tensor.From<double>([.. rows.SelectMany(r => columns.Select(c => joint[(r * 24) + c]))],
            [rows.Length, columns.Length]);
        Tensor rest = Tensor.From<double>([.. Enumerable.Range(0, 12).Where(i => seen[i]).Select(i => y[i] - expected[(i / 2 * 4) + (i % 2)])],
            [known.Length, 1]);
        Tensor gain = Part(known, known).Solve(Part(known, hidden)).Transpose();
        Tensor mean = Tensor.From<double>([.. hidden.Select(i => expected[i])]) + gain.MatMul(rest).Squeeze(-1);
        Tensor covariance = Part(hidden, hidden) - gain.MatMul(Part(known, hidden));

        Close.Assert(smoothed.Mean.Reshape(12), mean, 1e-10, 1e-10, "means");
        for (int t = 0; t < 6; t++)
        {
            Close.Assert(smoothed.Covariance[t], covariance.Slice(0, 2 * t, 2).Slice(1, 2 * t, 2), 1e-10, 1e-10, "covariance");
            if (t < 5)
            {
                Close.Assert(smoothed.CrossCovariance[t], covariance.Slice(0, 2 * t, 2).Slice(1, (2 * t) + 2, 2), 1e-10, 1e-10, "cross covariance");
            }
        }
    }

    [Fact]
    public void Draws_of_states_have_the_smoothed_moments()
    {
        LinearGaussianStateSpace model = Model(InitialState.Diffuse(), Seen);
        Smoothed smoothed = model.Smooth(Data);
        const int draws = 4_000;
        Tensor states = model.SampleStates(RandomKey.FromSeed(3), Data, sampleShape: [draws]);

        Assert.Equal([draws, 6, 2], states.Shape);

        // Twelve means within five standard errors: a false alarm in 1e5 seeds; variances within a share of 0.15, about 6.7 standard errors.
        double[] error = ((states.Mean([0]) - smoothed.Mean) / smoothed.Covariance.Diagonal().Sqrt()).ToArray<double>();
        double[] share = ((states - smoothed.Mean).Square().Mean([0]) / smoothed.Covariance.Diagonal()).ToArray<double>();
        Assert.All(error, z => Assert.InRange(z, -5 / Math.Sqrt(draws), 5 / Math.Sqrt(draws)));
        Assert.All(share, ratio => Assert.InRange(ratio, 0.85, 1.15));
    }

    [Fact]
    public void Draws_of_series_have_the_moments_of_the_model()
    {
        LinearGaussianStateSpace model = Model(InitialState.BeforeFirst(Mean, Covariance));
        const int draws = 4_000;
        Tensor series = model.Sample(RandomKey.FromSeed(5), [draws]).Reshape(draws, 12);
        Tensor rest = series - model.Mean.Reshape(12), covariance = rest.Transpose().MatMul(rest) / draws;

        Close.Assert(covariance, model.JointCovariance(), 0, 0.08, "covariance of draws");
        Close.Assert(series.Mean([0]), model.Mean.Reshape(12), 0, 0.15, "mean of draws");
    }

    [Fact]
    public void No_noise_no_data_and_one_observation_are_models_too()
    {
        Tensor one = Tensor.Ones([1, 1], DType.Float64), none = Tensor.Zeros([1, 1], DType.Float64),
            y = Tensor.From(new double[,] { { 1 }, { 3 }, { 2 } });
        LinearGaussianStateSpace walk = new(one, 2 * one, one, none, InitialState.Diffuse(), 3);
        double expected = (-1.5 * Math.Log(2 * Math.PI)) - Math.Log(2) - (0.25 * (4 + 1));
        Assert.Equal(expected, walk.LogProb(y).Item(), 1e-12);
        Close.Assert(walk.Smooth(y).Mean, y, 1e-12, 1e-12, "states");

        LinearGaussianStateSpace constant = new(one, none, one, 0.5 * one, InitialState.Normal(Tensor.From([0.0]), one), 3);
        Assert.Equal(5.0 * 0 + (6 / 0.5 / (1 + (3 / 0.5))), constant.Smooth(y).Mean[0, 0].Item(), 1e-12);

        LinearGaussianStateSpace unseen = Model(present: Tensor.Full([6, 2], 0, DType.Bool));
        Assert.Equal(0, unseen.LogProb(Data * double.NaN).Item());
        Close.Assert(unseen.Smooth(Data).Covariance, Model().Forecast().StateCovariance, 1e-12, 1e-12, "prior");

        LinearGaussianStateSpace single = new(Transition, Noise, Observation, ObservationNoise, InitialState.Normal(Mean, Covariance), 1);
        Tensor spread = Observation.MatMul(Covariance).MatMul(Observation.Transpose()) + ObservationNoise;
        Close.Assert(single.LogProb(Data[..1]), new MultivariateNormal(Observation.MatMul(Mean.Unsqueeze(-1)).Squeeze(-1),
            spread).LogProb(Data[0]), 1e-12, 1e-12, "one");
        Assert.Equal([0, 2, 2], single.Smooth(Data[..1]).CrossCovariance.Shape);
    }

    [Fact]
    public void Batches_are_series_one_by_one()
    {
        Tensor factors = Tensor.From([1.0, 1.5, 0.2]).Reshape(3, 1, 1, 1);
        LinearGaussianStateSpace batch = new(Transition.Reshape(1, 1, 2, 2), Noise * factors, Observation, ObservationNoise,
            InitialState.Normal(Mean, Covariance), 6,
            present: Seen);
        Assert.Equal([3], batch.BatchShape);
        double[] scores = batch.LogProb(Data).ToArray<double>();
        for (int i = 0; i < 3; i++)
        {
            LinearGaussianStateSpace alone = new(Transition, Noise * factors[i, 0], Observation, ObservationNoise,
                InitialState.Normal(Mean, Covariance), 6, present: Seen);
            Assert.Equal(alone.LogProb(Data).Item(), scores[i], 1e-12);
            Close.Assert(batch.Smooth(Data).Mean[i], alone.Smooth(Data).Mean, 1e-12, 1e-12, "smoothed");
        }
    }

    [Fact]
    public void Single_precision_is_computed_in_double()
    {
        LinearGaussianStateSpace narrow = new(Transition.To(DType.Float32), Noise.To(DType.Float32), Observation.To(DType.Float32),
            ObservationNoise.To(DType.Float32),
            InitialState.Normal(Mean.To(DType.Float32), Covariance.To(DType.Float32)), 6);

        Assert.Equal(DType.Float32, narrow.LogProb(Data.To(DType.Float32)).DType);
        Assert.Equal(Model().LogProb(Data).Item(), narrow.LogProb(Data.To(DType.Float32)).Item(), 1e-4);
        Assert.Equal(DType.Float32, narrow.Sample(RandomKey.FromSeed(1)).DType);
    }

    [Fact]
    public void What_cannot_be_is_refused_in_words()
    {
        Tensor skewed = Tensor.From(new double[,] { { 1, 0.5 }, { 0.1, 1 } }), negative = Tensor.From(new double[,] { { 1, 2 }, { 2, 1 } });
        InitialState start = InitialState.Normal(Mean, Covariance);
        Refused("symmetric matrix", () => new LinearGaussianStateSpace(Transition, skewed, Observation, ObservationNoise, start, 6));
        Refused("without negative eigenvalues", () => new LinearGaussianStateSpace(Transition, Noise, Observation, negative, start, 6));
        Refused("modulus 1.02", () => new LinearGaussianStateSpace(1.02 * Tensor.Identity(2, DType.Float64), Noise, Observation, ObservationNoise,
            InitialState.Stationary(), 6));
        Refused("observation has shape [2, 3]", () => new LinearGaussianStateSpace(Transition, Noise, Tensor.Ones([2, 3]), ObservationNoise, start,
            6));
        Refused("at least 5 are needed", () => new LinearGaussianStateSpace(Transition, Tensor.Ones([3, 2, 2]), Observation, ObservationNoise,
            start, 6));
        Refused("must be Bool and end in [6, 2]", () => new LinearGaussianStateSpace(Transition, Noise, Observation, ObservationNoise, start, 6,
            present: Seen[0]));
        Refused("have no density", () => new LinearGaussianStateSpace(Transition, 0 * Noise, Observation, 0 * ObservationNoise, start,
            6).LogProb(Data));
        Refused("varies in time and has 6 rows where 8", () => new LinearGaussianStateSpace(Transition, Noise,
            Observation * Tensor.Ones([6, 1, 1]), ObservationNoise, start, 6)
            .Forecast(Data, 2));
        Assert.Contains("diffuse start", Assert.Throws<InvalidOperationException>(() =>
            Model(InitialState.Diffuse()).Sample(RandomKey.FromSeed(1))).Message);
        Assert.Contains("without a finite variance",
            Assert.Throws<InvalidOperationException>(() => Model(InitialState.Diffuse(), Tensor.Full([6, 2], 0, DType.Bool)).Forecast(Data,
                1)).Message);
        Assert.Contains("differentiated once more", Assert.Throws<NotSupportedException>(() =>
        {
            Tensor mean = Mean.AsVariable();
            Tensor slope = Gradient.Of(Model(InitialState.Normal(mean, Covariance)).LogProb(Data), [mean], createGraph: true)[0];
            Gradient.Of(slope.Sum(), [mean]);
        }).Message);

        static void Refused(string words, Func<object> what) => Assert.Contains(words, Assert.Throws<ArgumentException>(what).Message);
    }

    private static LinearGaussianStateSpace Model(InitialState? start = null, Tensor? present = null) =>
        new(Transition, Noise, Observation, ObservationNoise, start ?? InitialState.Normal(Mean, Covariance), 6, present: present);

    private static Tensor Symmetric(Tensor matrix) => 0.5 * (matrix + matrix.Transpose());
}
