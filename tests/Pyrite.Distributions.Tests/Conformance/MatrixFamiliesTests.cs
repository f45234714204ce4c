using Pyrite.Testing;


namespace Pyrite.Conformance;

/// <summary>Families of vectors and matrices against simpler families that they contain, and draws against moments.</summary>
/// <remarks>Fixed seeds; a right program fails a single statistical check with chance 1e-7.</remarks>
public sealed class MatrixFamiliesTests
{
    private const int Draws = 20_000;
    private const double FalseAlarmRate = 1e-7;

    private static readonly Tensor Factor = Tensor.From(new double[,] { { 1.2, 0 }, { 0.6, 0.7 } });

    /// <summary>Of two variables the diagonal entry is the root of 1 - r² with density proportional to (1 - r²)^(concentration - 1): sums over a
    /// fine grid of r.</summary>
    [Theory, InlineData(2.5), InlineData(20), InlineData(29.9), InlineData(30.1), InlineData(300), InlineData(1e4), InlineData(1e6), InlineData(1e12)]
    public void The_spread_of_a_narrow_diagonal_keeps_its_digits(double concentration)
    {
        double width = Math.Min(1, 12 / Math.Sqrt(2 * concentration));
        double mass = 0, first = 0, second = 0, square = 0;
        const int Points = 40_000;
        for (int i = 1; i < Points; i++)
        {
            // The cubic makes the integrand smooth at the ends.
            double t = (2.0 * i / Points) - 1;
            double r = width * t * (1.5 - (0.5 * t * t)), step = 1.5 * (1 - (t * t));
            double logRest = Math.Log((1 - r) * (1 + r));
            logRest = Math.Abs(r) < 1e-3 ? -(r * r) - (0.5 * Math.Pow(r, 4)) - (Math.Pow(r, 6) / 3) : logRest;
            double weight = step * Math.Exp((concentration - 1) * logRest);
            double below = Math.Abs(r) < 1e-3 ? 0.5 * logRest * (1 + (0.25 * logRest) + (logRest * logRest / 24)) : Math.Exp(0.5 * logRest) - 1;
            mass += weight;
            first += weight * below;
            second += weight * below * below;
            square += weight * r * r;
        }
        LKJCholesky factor = new(2, Tensor.Full(Shape.Scalar, concentration, DType.Float64));
        double want = (second / mass) - (first / mass * first / mass);
        double[] variance = factor.Variance.ToArray<double>();
        Assert.Equal(1, factor.Mean.ToArray<double>()[3] / (1 + (first / mass)), 1e-8);
        Assert.Equal(1, variance[3] / want, 1e-8);
        Assert.Equal(1, variance[2] / (square / mass), 1e-8);
    }

    [Fact]
    public void A_wishart_of_one_dimension_is_a_gamma()
    {
        Tensor x = Tensor.From([0.3, 1.0, 4.0]);
        Wishart wishart = new(5.0, scaleTril: Tensor.From(new double[,] { { 1.5 } }));
        Gamma gamma = new(2.5, 1 / (2 * 1.5 * 1.5));
        Close.Assert(wishart.LogProb(x.Reshape(3, 1, 1)).ToArray<double>(), gamma.LogProb(x).ToArray<double>(), 0, 1e-12, "Wishart");
    }

    [Fact]
    public void An_inverse_wishart_of_one_dimension_is_an_inverse_gamma()
    {
        Tensor x = Tensor.From([0.3, 1.0, 4.0]);
        InverseWishart wishart = new(5.0, scaleTril: Tensor.From(new double[,] { { 1.5 } }));
        InverseGamma gamma = new(2.5, 0.5 * 1.5 * 1.5);
        Close.Assert(wishart.LogProb(x.Reshape(3, 1, 1)).ToArray<double>(), gamma.LogProb(x).ToArray<double>(), 0, 1e-12, "InverseWishart");
    }

    [Fact]
    public void The_density_of_an_inverse_matrix_changes_by_the_jacobian()
    {
        Tensor scale = new MultivariateNormal(Tensor.From([0.0, 0]), scaleTril: Factor).CovarianceMatrix;
        Tensor inverseFactor = new MultivariateNormal(Tensor.From([0.0, 0]), precisionMatrix: scale).ScaleTril;
        Tensor x = Tensor.From(new double[,] { { 2.0, 0.4 }, { 0.4, 1.1 } });
        double determinant = (2.0 * 1.1) - (0.4 * 0.4);
        Tensor inverse = Tensor.From(new double[,] { { 1.1, -0.4 }, { -0.4, 2.0 } }) / determinant;
        double direct = new Wishart(6.5, scaleTril: Factor).LogProb(x).Item();
        double around = new InverseWishart(6.5, scaleTril: inverseFactor).LogProb(inverse).Item() - (3 * Math.Log(determinant));
        Assert.Equal(direct, around, 1e-10);
    }

    [Fact]
    public void A_matrix_normal_of_one_column_is_a_gaussian_vector()
    {
        Tensor x = Tensor.From([0.4, -1.3]);
        MatrixNormal matrix = new(Tensor.From(new double[,] { { 0.5 }, { 1.0 } }), Factor, Tensor.From(new double[,] { { 2.0 } }));
        MultivariateNormal vector = new(Tensor.From([0.5, 1.0]), scaleTril: 2.0 * Factor);
        Assert.Equal(vector.LogProb(x).Item(), matrix.LogProb(x.Reshape(2, 1)).Item(), 1e-12);
    }

    [Fact]
    public void A_student_vector_of_one_dimension_is_a_student_variable()
    {
        MultivariateStudentT vector = new(4.5, Tensor.From([0.3]), Tensor.From(new double[,] { { 1.7 } }));
        Assert.Equal(new StudentT(4.5, 0.3, 1.7).LogProb(Tensor.From([2.0])).Item(), vector.LogProb(Tensor.From([2.0])).Item(), 1e-12);
    }

    [Fact]
    public void A_markov_field_is_the_gaussian_of_its_precision()
    {
        Tensor adjacency = Tensor.From(new double[,] { { 0, 1, 0 }, { 1, 0, 1 }, { 0, 1, 0 } });
        Tensor precision = 1.7 * (Tensor.From(new double[,] { { 1, 0, 0 }, { 0, 2, 0 }, { 0, 0, 1 } }) - (0.6 * adjacency));
        Tensor loc = Tensor.From([0.1, -0.4, 1.0]);
        Tensor x = Tensor.From([0.5, 0.2, 0.9]);
        double want = new MultivariateNormal(loc, precisionMatrix: precision).LogProb(x).Item();
        Assert.Equal(want, new GaussianMarkovRandomField(loc, 0.6, 1.7, adjacency).LogProb(x).Item(), 1e-12);
    }

    [Fact]
    public void A_mixture_of_families_scores_like_a_mixture_of_one()
    {
        Categorical mixing = new(Tensor.From([0.3, 0.7]));
        Mixture different = new(mixing, new Normal(0, 1), new Normal(2, 0.5));
        MixtureSameFamily same = new(mixing, new Normal(Tensor.From([0.0, 2.0]), Tensor.From([1.0, 0.5])));
        Tensor x = Tensor.From([-1.0, 0.5, 2.2]);
        Close.Assert(different.LogProb(x).ToArray<double>(), same.LogProb(x).ToArray<double>(), 0, 1e-12, "mixture");
        Assert.Equal(same.Variance.Item(), different.Variance.Item(), 1e-12);
    }

    [Fact]
    public void Folding_a_gaussian_gives_the_folded_gaussian()
    {
        Tensor x = Tensor.From([0.1, 2.0]);
        Close.Assert(new Folded(new Normal(0.7, 1.1)).LogProb(x).ToArray<double>(), new FoldedNormal(0.7, 1.1).LogProb(x).ToArray<double>(), 0, 1e-12,
            "folded");
    }

    [Fact]
    public void Empirical_values_score_their_weights()
    {
        Empirical empirical = new(Tensor.From([1.0, 2.0, 2.0]), Tensor.From([0.5, 0.25, 0.25]).Log());
        Close.Assert(empirical.LogProb(Tensor.From([1.0, 2.0, 3.0])).Exp().ToArray<double>(), [0.5, 0.5, 0], 0, 1e-12, "empirical");
        Assert.Equal(1.5, empirical.Mean.Item(), 1e-12);
    }

    [Theory, InlineData(2), InlineData(3), InlineData(5)]
    public void Correlations_under_a_flat_lkj_are_stretched_beta_variables(int dim)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor draws = new LKJ(dim, 1.0).Sample(RandomKey.FromSeed(41), [Draws]);
        Beta marginal = new(0.5 * dim, 0.5 * dim);
        for (int row = 1; row < dim; row++)
        {
            Tensor shares = 0.5 * (1 + draws.Select(-1, 0).Select(-1, row));
            StatisticalAssert.KolmogorovSmirnov(marginal.Cdf(shares).ToArray<double>(), p => Math.Clamp(p, 0, 1), FalseAlarmRate,
                $"correlation [{row}, 0]");
        }
    }

    [Fact]
    public void The_lkj_density_integrates_to_one_in_two_dimensions()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        const int count = 20_000;
        Tensor r = ((Tensor.Range(count).To(DType.Float64) + 0.5) * (2.0 / count)) - 1;
        Tensor ones = Tensor.Ones([count], DType.Float64);
        Tensor matrices = Tensor.Stack([Tensor.Stack([ones, r], -1), Tensor.Stack([r, ones], -1)], -1);
        Assert.Equal(1, new LKJ(2, 2.5).LogProb(matrices).Exp().Sum().Item() * 2 / count, 1e-6);
    }

    [Fact]
    public void Draws_of_a_markov_field_have_the_covariance_of_its_precision()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor adjacency = Tensor.From(new double[,] { { 0, 1, 0 }, { 1, 0, 1 }, { 0, 1, 0 } });
        Tensor covariance = (1.7 * (Tensor.From(new double[,] { { 1, 0, 0 }, { 0, 2, 0 }, { 0, 0, 1 } }) - (0.6 * adjacency))).Inverse();
        double[] draws =
            new GaussianMarkovRandomField(Tensor.Zeros([3], DType.Float64), 0.6, 1.7, adjacency).Sample(RandomKey.FromSeed(42), [Draws])
                .ToArray<double>();
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double[] products = [.. Enumerable.Range(0, Draws).Select(n => draws[(3 * n) + i] * draws[(3 * n) + j])];
                StatisticalAssert.MeanWithin(products, covariance.ToArray<double>()[(3 * i) + j], FalseAlarmRate, $"covariance [{i}, {j}]");
            }
        }
    }

    [Theory, InlineData(0.0), InlineData(0.8), InlineData(6.0)]
    public void The_density_of_directions_integrates_to_one_over_the_circle(double length)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        const int count = 2000;
        Tensor angles = Tensor.Range(count).To(DType.Float64) * (2 * Math.PI / count);
        Tensor points = Tensor.Stack([angles.Cos(), angles.Sin()], -1);
        ProjectedNormal normal = new(Tensor.From([length, 0.0]));
        Assert.Equal(1, normal.LogProb(points).Exp().Sum().Item() * 2 * Math.PI / count, 1e-10);
    }

    [Fact]
    public void Directions_far_behind_keep_their_digits()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        ProjectedNormal normal = new(Tensor.From([40.0, 0, 0]));
        double got = normal.LogProb(Tensor.From([-1.0, 0, 0])).Item();
        double want =
            -800 - (1.5 * Math.Log(2 * Math.PI)) + Math.Log(2.0 / (40 * 40 * 40))
                + Math.Log(1 - (6.0 / 1600) + (45.0 / (1600 * 1600)) - (420.0 / (1600.0 * 1600 * 1600)));
        Assert.Equal(want, got, 1e-8);   // Laplace's method: the integral of r² e^(-40 r - r²/2)
    }

    [Fact]
    public void Interval_censoring_holds_left_right_and_exact_values()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Gamma gamma = new(2.0, 1.5);
        const double none = double.PositiveInfinity;
        Tensor score = new IntervalCensored(gamma).LogProb(Tensor.From(new double[,] { { 0.5, 1.2 }, { -none, 0.7 }, { 3, none }, { 1.1, 1.1 } }));
        Tensor want = Tensor.Stack([(gamma.Cdf(1.2) - gamma.Cdf(0.5)).Log(), gamma.LogCdf(0.7), gamma.LogSurvivalFunction(3), gamma.LogProb(1.1)]);
        Close.Assert(score.ToArray<double>(), want.ToArray<double>(), 0, 1e-12, "intervals");
    }

    [Fact]
    public void Straight_through_draws_are_hard_and_carry_soft_gradients()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor logits = Tensor.From([0.3, -0.2]).AsVariable();
        Tensor hard = new RelaxedBernoulliStraightThrough(0.6, logits: logits).Sample(RandomKey.FromSeed(1));
        Tensor soft = new RelaxedBernoulli(0.6, logits: logits).Sample(RandomKey.FromSeed(1));
        Assert.All(hard.ToArray<double>(), x => Assert.True(x is 0 or 1));
        Assert.Equal(Gradient.Of(soft.Sum(), [logits])[0].ToArray<double>(), Gradient.Of(hard.Sum(), [logits])[0].ToArray<double>());
    }

    [Fact]
    public void Many_rows_score_like_one_after_the_other_with_equal_gradients()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor factor = Factor.AsVariable();
        MultivariateNormal normal = new(Tensor.From([0.5, -1.0]), scaleTril: factor);
        Tensor rows = normal.Sample(RandomKey.FromSeed(71), [40]).Detach();
        Tensor whole = normal.LogProb(rows);
        Tensor[] single = [.. Enumerable.Range(0, 40).Select(i => normal.LogProb(rows.Select(0, i)))];
        Close.Assert(whole.ToArray<double>(), [.. single.Select(score => score.Item())], 1e-13, 1e-13, "scores");
        double[] want = Gradient.Of(Tensor.Stack(single).Sum(), [factor])[0].ToArray<double>();
        Close.Assert(Gradient.Of(whole.Sum(), [factor])[0].LowerTriangle().ToArray<double>(), want, 1e-11, 1e-11, "gradient");
    }

    /// <summary>Values with 50 digits: at df times the scale, and at the scale over df for the inverse.</summary>
    [Theory]
    [InlineData(6.5, -5.9144704339981038355, 6.8269520331175448957, 5.3163426274114447243, -2.8396068583729618467)]
    [InlineData(1e8, -30.557923745501511868, 32.057923711334844977, 79.966160718212680965, -78.466160662379347206)]
    [InlineData(1e12, -44.373434292633535922, 45.873434292630119256, 121.41269240293775333, -119.91269240293216999)]
    public void Any_degrees_of_freedom_keep_ten_digits(double df, double score, double entropy, double inverseScore, double inverseEntropy)
    {
        Tensor factor = Tensor.From(new double[,] { { 1.2, 0 }, { 0.6, 0.7 } }), scale = factor.MatMul(factor.Transpose());
        Wishart wishart = new(df, scaleTril: factor);
        InverseWishart inverse = new(df, scaleTril: factor);

        Close.Assert([wishart.LogProb(df * scale).Item(), wishart.Entropy().Item()], [score, entropy], 0, 1e-10, "Wishart");
        Close.Assert([inverse.LogProb(scale / df).Item(), inverse.Entropy().Item()], [inverseScore, inverseEntropy], 0, 1e-10, "InverseWishart");
    }
}
