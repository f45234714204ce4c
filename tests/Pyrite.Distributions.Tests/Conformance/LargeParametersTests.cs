namespace Pyrite.Conformance;

/// <summary>Densities with parameters of 1e6 to 1e12, whose log-gammas nearly cancel. Expected numbers: the density's formula in 40 digits
/// (mpmath).</summary>
public sealed class LargeParametersTests
{
    private const double Tolerance = 1e-10;

    [Theory]
    [InlineData(1e6, 15.03790411263538), InlineData(1e9, 21.945659565055017), InlineData(1e12, 28.853414844210591)]
    public void A_Dirichlet_vector_at_its_mean(double size, double expected) =>
        Near(expected, new Dirichlet(Tensor.From([size, 1.5 * size, 1.5 * size])).LogProb(Tensor.From([0.25, 0.375, 0.375])));

    [Theory]
    [InlineData(1e6, 25.079722251254733), InlineData(1e9, -906.91811129153247), InlineData(1e12, -953607.2912281937)]
    public void A_Dirichlet_vector_of_one_large_concentration(double size, double expected) =>
        Near(expected,
            new Dirichlet(Tensor.From([size, 0.5, 2.5])).LogProb(Tensor.From([0.9999990463256836, 4.76837158203125e-07, 4.76837158203125e-07])));

    [Theory]
    [InlineData(1e6, 3.75000078125e-7), InlineData(1e9, 3.75000000078e-10)]
    public void The_slope_of_a_large_concentration(double size, double expected)
    {
        Tensor concentration = Tensor.From([size, 1.5 * size, 1.5 * size]).AsVariable();
        double slope = Gradient.Of(new Dirichlet(concentration).LogProb(Tensor.From([0.25, 0.375, 0.375])), [concentration])[0].ToArray<double>()[0];
        Assert.Equal(expected, slope, 1e-15);
    }

    [Theory]
    [InlineData(1e6, 12, 1.25, -0.39894434659416039), InlineData(5, 1e9, 0.75, -0.30047915157457788)]
    [InlineData(1e9, 1e9, 1.00003, 8.6370205798201784), InlineData(1e12, 3e12, 1.000001, 12.218656554534785)]
    public void A_ratio_of_chi_squares_of_many_degrees(double one, double two, double value, double expected) =>
        Near(expected, new FisherSnedecor(Number(one), Number(two)).LogProb(Number(value)));

    [Theory]
    [InlineData(1e6, -2.7441280576196328), InlineData(1e9, -2.7441270674005564), InlineData(1e12, -2.7441270664103367)]
    public void A_Student_vector_of_many_degrees(double df, double expected) =>
        Near(expected,
            new MultivariateStudentT(Number(df), Tensor.From([0.0, 0.0]), Tensor.From(new double[,] { { 1, 0 }, { 0, 1 } }))
                .LogProb(Tensor.From([0.5, -1.25])));

    [Theory]
    [InlineData(1e6, -4.0439321426105971), InlineData(1e12, -4.0439385331982821)]
    public void A_Student_variable_of_many_degrees(double df, double expected) =>
        Near(expected, new StudentT(Number(df), 0.0, 1.0).LogProb(Number(2.5)));

    [Fact]
    public void A_small_quantile_of_half_a_Student_variable()
    {
        double quantile = new HalfStudentT(Number(5.5), Number(1)).InverseCdf(Number(1e-12)).Item();
        Assert.Equal(1.31128102921255e-12, quantile, 1e-24);   // the root of the incomplete beta function, mpmath
    }

    /// <summary>P(Z ≤ z) is erf(z / √2) for a slant without end, to all digits where slant · z is above 9 (Owen's T).</summary>
    [Theory, InlineData(100), InlineData(1e6), InlineData(1e12)]
    public void A_skew_normal_variable_of_a_large_slant_is_half_a_Gaussian(double slant)
    {
        SkewNormal skew = new(Number(0), Number(1), Number(slant));
        HalfNormal half = new(Number(1));
        foreach (double z in new[] { 0.1, 0.5, 1.7, 6 })
        {
            Near(half.Cdf(Number(z)).Item(), skew.Cdf(Number(z)));
            Near(half.SurvivalFunction(Number(z)).Item(), skew.SurvivalFunction(Number(z)));
        }
    }

    private static Tensor Number(double x) => Tensor.Full(Shape.Scalar, x, DType.Float64);

    private static void Near(double expected, Tensor got) =>
        Assert.True(Math.Abs(got.Item() - expected) <= Tolerance * Math.Abs(expected), $"got {got.Item():R}, want {expected:R}");
}
