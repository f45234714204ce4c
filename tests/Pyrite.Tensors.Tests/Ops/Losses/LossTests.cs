namespace Pyrite.Tests;

/// <summary>Losses refuse shapes that would broadcast and labels that are no class; what is left out counts for nothing.</summary>
public sealed class LossTests
{
    private static readonly Tensor Scores = Tensor.From(new double[,] { { 1, 2, 0.5 }, { 0.2, -1, 3 }, { 0, 0, 1 }, { 2, 1, 0 } });

    public static Dictionary<string, Func<Tensor, Tensor, Tensor>> OneShape { get; } = new()
    {
        ["mean squared error"] = (p, t) => p.MeanSquaredError(t),
        ["absolute error"] = (p, t) => p.AbsoluteError(t),
        ["Huber loss"] = (p, t) => p.HuberLoss(t),
        ["Huber loss (smooth)"] = (p, t) => p.SmoothAbsoluteError(t),
        ["absolute error (smooth)"] = (p, t) => p.SmoothAbsoluteError(t, beta: 0),
        ["binary cross entropy"] = (p, t) => p.BinaryCrossEntropy(t),
        ["binary cross entropy with logits"] = (p, t) => p.BinaryCrossEntropyWithLogits(t),
        ["Poisson loss"] = (p, t) => p.PoissonLoss(t),
        ["Gaussian loss"] = (p, t) => p.GaussianLoss(t, Tensor.Ones(p.Shape)),
        ["divergence loss"] = (p, t) => p.DivergenceLoss(t),
    };

    public static TheoryData<string> Names => [.. OneShape.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Predictions_and_targets_of_two_shapes_are_refused(string name)
    {
        Tensor column = Tensor.Full([50, 1], 0.5), vector = Tensor.Full([50], 0.5), one = Tensor.Full(Shape.Scalar, 0.5);
        string message = Assert.Throws<ArgumentException>(() => OneShape[name](column, vector)).Message;
        Assert.StartsWith(name.Split(" (")[0], message);
        Assert.Contains("[50, 1]", message);
        Assert.Contains("[50]", message);
        Assert.Contains("Reshape(50, 1)", message);
        Assert.Contains("BroadcastTo", Assert.Throws<ArgumentException>(() => OneShape[name](column, one)).Message);
        Assert.Throws<ArgumentException>(() => OneShape[name](vector, column));
        Assert.Equal(0, OneShape[name](vector, vector).Rank);
        Assert.Equal(0, OneShape[name](vector, 0.5).Rank);      // a plain number cannot be mistaken
    }

    [Fact]
    public void Weights_and_variances_must_not_widen_the_predictions()
    {
        Tensor p = Tensor.Full([4, 3], 0.5);
        Assert.Equal(0, p.BinaryCrossEntropyWithLogits(p, Tensor.From([1f, 2, 3])).Rank);
        Assert.Throws<ArgumentException>(
            () => Tensor.Full([4, 1], 0.5).BinaryCrossEntropyWithLogits(Tensor.Full([4, 1], 0.5), Tensor.From([1f, 2, 3])));
        Assert.Throws<ArgumentException>(() => Tensor.Full([4, 1], 0.5).GaussianLoss(Tensor.Full([4, 1], 0.5), Tensor.Ones(4)));
        Assert.Contains("[3]", Assert.Throws<ArgumentException>(() => Scores.CrossEntropy(Tensor.From([0, 1, 2, 0]), Tensor.Ones(4))).Message);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(long.MaxValue)]
    public void A_label_that_is_no_class_is_refused_by_name(long label)
    {
        Tensor labels = Tensor.From([0L, label, 1, 2]);
        foreach ((string loss, Func<Tensor> compute) in new (string, Func<Tensor>)[]
        {
            ("cross entropy", () => Scores.CrossEntropy(labels)),
            ("cross entropy", () => Scores.CrossEntropy(labels, labelSmoothing: 0.1, reduction: LossReduction.None)),
            ("negative log-likelihood", () => Scores.NegativeLogLikelihood(labels)),
        })
        {
            string message = Assert.Throws<ArgumentOutOfRangeException>(compute).Message;
            Assert.StartsWith(FormattableString.Invariant($"{loss}: label {label} at index [1] is none of the 3 classes, which are 0 to 2"), message);
            Assert.Contains("ignoreIndex (-100)", message);
        }
        Assert.StartsWith(FormattableString.Invariant($"embedding: label {label} at index [1] is none of the 3 classes, which are 0 to 2"),
            Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Zeros(3, 2).Embedding(labels)).Message);
    }

    [Fact]
    public void A_recorded_step_checks_labels_without_reading_them()
    {
        Tensor weights = Tensor.Zeros(3, 2);
        for (int step = 0; step < 4; step++)
        {
            using StepScope scope = StepScope.Begin();
            Tensor labels = Tensor.From([0L, step == 3 ? -1 : 2]);
            Tensor loss = weights.Take(Tensor.From([0L, 1])).MatMul(Tensor.Ones(2, 3)).CrossEntropy(labels);
            if (step < 3)
            {
                Assert.Equal(Math.Log(3), loss.Item(), 1e-6);       // equal scores of three classes
            }
            else
            {
                Assert.Contains("cross entropy: label -1", Assert.Throws<ArgumentOutOfRangeException>(() => loss.Item()).Message);
            }
        }
    }

    [Theory]
    [InlineData(-100)]
    [InlineData(-1)]
    [InlineData(1)]
    public void What_is_ignored_counts_for_nothing_in_loss_and_gradient(int ignoreIndex)
    {
        // The oracle: the same loss of the rows that stay.
        Tensor labels = Tensor.From([0L, ignoreIndex, 2, ignoreIndex]), kept = Tensor.From([0L, 2]);
        Tensor weight = Tensor.From([0.5, 1, 2]), rows = Scores.Take(Tensor.From([0L, 2]));
        foreach (LossReduction reduction in (LossReduction[])[LossReduction.Mean, LossReduction.Sum])
        {
            foreach (double smoothing in (double[])[0, 0.2])
            {
                Parameter all = new(Scores), few = new(rows);
                Tensor loss = all.Value.CrossEntropy(labels, weight, ignoreIndex, smoothing, reduction),
                    expected = few.Value.CrossEntropy(kept, weight, ignoreIndex, smoothing, reduction);
                Assert.Equal(expected.Item(), loss.Item(), 12);
                double[] gradient = Gradient.Of(loss, [all.Value])[0].ToArray<double>(),
                    right = Gradient.Of(expected, [few.Value])[0].ToArray<double>();
                Assert.Equal(right, [.. gradient[..3], .. gradient[6..9]], (a, b) => Math.Abs(a - b) < 1e-12);
                Assert.All(gradient[3..6].Concat(gradient[9..]), g => Assert.Equal(0, g));
            }
        }
        Assert.Equal([0, 0],
            Scores.CrossEntropy(labels, ignoreIndex: ignoreIndex, reduction: LossReduction.None).ToArray<double>().Where((_, i) => i % 2 == 1));
    }

    [Fact]
    public void Scores_that_are_ignored_may_be_no_numbers()
    {
        Parameter scores = new(Tensor.From(new double[,] { { 1, 2 }, { double.NaN, double.PositiveInfinity } }));
        Tensor loss = scores.Value.CrossEntropy(Tensor.From([1L, -100]));
        Assert.Equal(Math.Log(1 + Math.Exp(-1)), loss.Item(), 12);
        double[] gradient = Gradient.Of(loss, [scores.Value])[0].ToArray<double>();
        Assert.Equal([0.0, 0], gradient[2..]);
        Assert.All(gradient, g => Assert.True(double.IsFinite(g)));
        Assert.True(double.IsNaN(Scores.CrossEntropy(Tensor.From([-100, -100, -100, -100])).Item()));     // as PyTorch: a mean of nothing
    }

    [Fact]
    public void Labels_may_be_any_integers_but_no_reals()
    {
        double expected = Scores.CrossEntropy(Tensor.From([0L, 1, 2, 0])).Item();
        Assert.Equal(expected, Scores.CrossEntropy(Tensor.From([(byte)0, 1, 2, 0])).Item());
        Assert.Equal(expected, Scores.CrossEntropy(Tensor.From([0, 1, 2, 0])).Item());
        Assert.Throws<ArgumentException>(() => Scores.CrossEntropy(Tensor.From([0.0, 1, 2, 0])));
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(4, 2).Embedding(Tensor.From([0.0])));
        Assert.Throws<ArgumentException>(() => Tensor.Full(Shape.Scalar, 1).CrossEntropy(Tensor.Full(Shape.Scalar, 0, DType.Int64)));
    }
}
