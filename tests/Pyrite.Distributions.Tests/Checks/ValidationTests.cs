namespace Pyrite;

public sealed class ValidationTests
{
    [Fact]
    public void A_bad_parameter_is_named_with_its_constraint_value_and_index()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Normal(0, Tensor.From([1.0, 2, 3, -1, -7])));
        Assert.StartsWith("Normal: parameter scale must be positive; found -1 at index [3].", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_plain_number_is_named_without_an_index()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Normal(0, -2));
        Assert.StartsWith("Normal: parameter scale must be positive; found -2.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nan_parameters_are_found()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Normal(Tensor.From([0f, float.NaN]), 1));
        Assert.StartsWith("Normal: parameter loc must be a number; found NaN at index [1].", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_vector_parameter_is_shown_as_a_whole()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new OrderedLogistic(0, Tensor.From(new double[,] { { 0, 1 }, { 3, 2 } })));
        Assert.Contains("cutpoints must be a vector that increases strictly; found [3, 2] at index [1].", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_outside_the_support_is_named_with_its_index()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Exponential(Tensor.Ones(3)).LogProb(Tensor.From([1f, 2, -4])));
        Assert.StartsWith("Exponential: a scored value must be zero or positive; found -4 at index [2].", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_validation_a_value_outside_the_support_is_impossible_and_carries_no_gradient()
    {
        Tensor rate = Tensor.From([2.0, 2.0]).AsVariable();
        Tensor score = new Exponential(rate, validate: false).LogProb(Tensor.From([-1.0, 1.0]));
        Assert.Equal([double.NegativeInfinity, Math.Log(2) - 2], score.ToArray<double>());
        Assert.Equal([0, -0.5], Gradient.Of(score, [rate], Tensor.Ones(score.Shape, DType.Float64))[0].ToArray<double>());
    }

    [Fact]
    public void Without_validation_bad_parameters_are_let_through() =>
        Assert.True(double.IsNaN(new Normal(0, -2, validate: false).LogProb(1).Item()));

    [Fact]
    public void A_value_that_does_not_broadcast_names_both_shapes()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Normal(Tensor.Zeros(3), 1).LogProb(Tensor.Zeros(4)));
        Assert.Contains("[4]", error.Message, StringComparison.Ordinal);
        Assert.Contains("batch shape [3]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_without_the_event_axes_names_the_event_shape()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Normal(Tensor.Zeros(5, 3), 1).ToEvent(1).LogProb(Tensor.Zeros(5, 2)));
        Assert.Contains("its last axes must be the event shape [3]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Giving_both_probs_and_logits_or_neither_is_an_error()
    {
        Assert.Contains("found both", Assert.Throws<ArgumentException>(() => new Bernoulli(0.5, 0.0)).Message, StringComparison.Ordinal);
        Assert.Contains("found neither", Assert.Throws<ArgumentException>(() => new Categorical()).Message, StringComparison.Ordinal);
        Assert.Contains("2 were given",
            Assert.Throws<ArgumentException>(() => new MultivariateNormal(Tensor.Zeros(2), Tensor.Ones(2, 2), Tensor.Ones(2, 2))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_formula_says_so_and_names_the_way_out()
    {
        NotSupportedException error = Assert.Throws<NotSupportedException>(() => new SkewNormal(0, 1, 2).Entropy());
        Assert.Contains("SkewNormal has no formula for Entropy", error.Message, StringComparison.Ordinal);
        Assert.Contains("Sample(key, [n])", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_divergence_without_a_closed_form_names_the_pair_and_the_monte_carlo_way()
    {
        NotSupportedException error = Assert.Throws<NotSupportedException>(() => KullbackLeibler.Divergence(new Cauchy(0, 1), new Normal(0, 1)));
        Assert.Contains("KL(Cauchy || Normal)", error.Message, StringComparison.Ordinal);
        Assert.Contains("q.Sample(key, [n])", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_discrete_set_has_no_bijection_and_the_error_says_why()
    {
        NotSupportedException error = Assert.Throws<NotSupportedException>(() => ConstraintRegistry.BijectTo(Constraints.Boolean));
        Assert.Contains("\"boolean\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("discrete", error.Message, StringComparison.Ordinal);
    }
}
