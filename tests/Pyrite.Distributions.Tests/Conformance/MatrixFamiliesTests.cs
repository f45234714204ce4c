using Pyrite.Testing;

namespace Pyrite.Conformance;

/// <summary>Families of vectors and matrices against simpler families that they contain, and draws against moments.</summary>
/// <remarks>Fixed seeds; a right program fails a single statistical check with chance 1e-7.</remarks>
public sealed class MatrixFamiliesTests
{
    private const int Draws = 20_000;
    private const double FalseAlarmRate = 1e-7;

    private static readonly Tensor Factor = Tensor.From(new double[,] { { 1.2, 0 }, { 0.6, 0.7 } });

    [Fact]
    public void A_wishart_of_one_dimension_is_a_gamma()
    {
        Tensor x = Tensor.From([0.3, 1.0, 4.0]);
        Wishart wishart = new(5.0, Tensor.From(new double[,] { { 1.5 } }));
        Gamma gamma = new(2.5, 1 / (2 * 1.5 * 1.5));
        Close.Assert(wishart.LogProb(x.Reshape(3, 1, 1)).ToArray<double>(), gamma.LogProb(x).ToArray<double>(), 0, 1e-12, "Wishart");
    }

    [Fact]
    public void An_inverse_wishart_of_one_dimension_is_an_inverse_gamma()
    {
        Tensor x = Tensor.From([0.3, 1.0, 4.0]);
        InverseWishart wishart = new(5.0, Tensor.From(new double[,] { { 1.5 } }));
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
        double direct = new Wishart(6.5, Factor).LogProb(x).Item();
        double around = new InverseWishart(6.5, inverseFactor).LogProb(inverse).Item() - (3 * Math.Log(determinant));
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
        Close.Assert(new Folded(new Normal(0.7, 1.1)).LogProb(x).ToArray<double>(), new FoldedNormal(0.7, 1.1).LogProb(x).ToArray<double>(), 0, 1e-12, "folded");
    }

    [Fact]
    public void Empirical_values_score_their_weights()
    {
        Empirical empirical = new(Tensor.From([1.0, 2.0, 2.0]), Tensor.From([0.5, 0.25, 0.25]).Log());
        Close.Assert(empirical.LogProb(Tensor.From([1.0, 2.0, 3.0])).Exp().ToArray<double>(), [0.5, 0.5, 0], 0, 1e-12, "empirical");
        Assert.Equal(1.5, empirical.Mean.Item(), 1e-12);
    }

    public static TheoryData<string> Drawn => ["Wishart", "MatrixNormal", "MultivariateStudentT", "ZeroSumNormal", "Mixture", "Empirical", "LKJ", "GaussianMarkovRandomField"];

    [Theory, MemberData(nameof(Drawn))]
    public void Draws_have_the_mean_and_variance_and_lie_in_the_support(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution distribution = name switch
        {
            "Wishart" => new Wishart(6.5, Factor),
            "MatrixNormal" => new MatrixNormal(Tensor.Zeros(2, 2), Factor, Factor),
            "MultivariateStudentT" => new MultivariateStudentT(9.0, Tensor.From([0.5, -1]), Factor),
            "ZeroSumNormal" => new ZeroSumNormal(1.3, 4),
            "Mixture" => new Mixture(new Categorical(Tensor.From([0.3, 0.7])), new Normal(0, 1), new Laplace(2, 0.5)),
            "LKJ" => new LKJ(3, 1.7),
            "GaussianMarkovRandomField" => new GaussianMarkovRandomField(Tensor.Zeros(3), 0.6, 1.7, Tensor.From(new double[,] { { 0, 1, 0 }, { 1, 0, 1 }, { 0, 1, 0 } })),
            _ => new Empirical(Tensor.From([1.0, 2.0, 5.0]), Tensor.From([0.5, 0.25, 0.25]).Log()),
        };
        Tensor draws = distribution.Sample(RandomKey.FromSeed(31), [Draws]);
        Assert.True(distribution.Support.Check(draws).All());
        Assert.True(distribution.LogProb(draws.Slice(0, 0, 10)).IsFinite().All());
        if (name is "LKJ" or "GaussianMarkovRandomField")
        {
            return;
        }
        double[] mean = distribution.Mean.ToArray<double>();
        double[] variance = distribution.Variance.ToArray<double>();
        double[] values = draws.ToArray<double>();
        for (int component = 0; component < mean.Length; component++)
        {
            double[] own = [.. Enumerable.Range(0, Draws).Select(i => values[(i * mean.Length) + component])];
            StatisticalAssert.MeanWithin(own, mean[component], FalseAlarmRate, name);
            StatisticalAssert.MeanWithin([.. own.Select(x => (x - mean[component]) * (x - mean[component]))], variance[component], FalseAlarmRate, name);
        }
    }
}
