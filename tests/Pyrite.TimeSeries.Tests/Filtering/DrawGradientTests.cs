using Pyrite.Testing;

namespace Pyrite.Filtering;

/// <summary>Gradients through draws: with the noise of a key held fixed, a draw is a function of the parameters like any other.</summary>
public sealed class DrawGradientTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(7);
    private static readonly Tensor Transition = Tensor.From(new double[,] { { 0.7, 0.2 }, { -0.1, 0.9 } });
    private static readonly Tensor Noise = Tensor.From(new double[,] { { 0.5, 0.1 }, { 0.1, 0.3 } });
    private static readonly Tensor Observation = Tensor.From(new double[,] { { 1, 0.5 }, { 0, 1 }, { 0.3, -0.4 } });
    private static readonly Tensor ObservationNoise = 0.4 * Tensor.Identity(3, DType.Float64) + 0.1;
    private static readonly Tensor Mean = Tensor.From([1.0, -1.0]);
    private static readonly Tensor Covariance = Tensor.From(new double[,] { { 2, 0.3 }, { 0.3, 1 } });

    [Theory, InlineData("normal"), InlineData("before"), InlineData("stationary")]
    public void Series_follow_all_matrices(string start)
    {
        GradientCheck.Verify(x => new LinearGaussianStateSpace(x[0], Symmetric(x[1]), x[2], Symmetric(x[3]), start switch
        {
            "normal" => InitialState.Normal(x[4], Symmetric(x[5])),
            "before" => InitialState.BeforeFirst(x[4], Symmetric(x[5])),
            _ => InitialState.Stationary(),
        }, 5, x[6], x[7]).Sample(Key, [2]), Transition, Noise, Observation, ObservationNoise, Mean, Covariance, Tensor.From([0.1, -0.2]),
            Tensor.From([0.3, 0.4, 0.5]));
    }

    [Fact]
    public void Matrices_may_vary_in_time_and_in_a_batch()
    {
        Tensor steps = (1 + (0.1 * Tensor.Range(5).To(DType.Float64))).Reshape(5, 1, 1), both = Tensor.From([1.0, 1.5]).Reshape(2, 1, 1, 1);
        GradientCheck.Verify(x => new LinearGaussianStateSpace(x[0], Symmetric(x[1]), x[2], Symmetric(x[3]),
            InitialState.Normal(Mean, Covariance), 5).Sample(Key), Transition * steps.Slice(0, 0, 4), Noise * both * steps.Slice(0, 0, 4),
            Observation * steps, ObservationNoise * steps);
    }

    [Fact]
    public void Singular_covariances_are_followed_along_changes_that_leave_them_singular()
    {
        Tensor load = Tensor.From([1.0, -0.5]);
        GradientCheck.Verify(x => new LinearGaussianStateSpace(Transition, x[0].Square() * load.Unsqueeze(-1) * load, Observation,
            Tensor.Zeros([3, 3], DType.Float64), InitialState.Normal(Mean, Tensor.Zeros([2, 2], DType.Float64)), 5).Sample(Key), Scalar(0.8));
        GradientCheck.Verify(x => new LinearGaussianStateSpace(Transition, Tensor.From(new double[,] { { 0, 0 }, { 0, 1 } }) * x[0].Square(),
            Observation, ObservationNoise, InitialState.Normal(Mean, Covariance), 5).Sample(Key), Scalar(0.8));
    }

    [Fact]
    public void Autoregressions_and_volatilities_follow_their_coefficients()
    {
        GradientCheck.Verify(x => new Arma(x[0], x[1], x[2], x[3], 8).Sample(Key, [2]), Tensor.From([0.5, -0.2]), Tensor.From([0.4]), Scalar(1),
            Tensor.From([0.7, 1.2]));
        GradientCheck.Verify(x => new VectorAutoRegression(x[0], x[1], Symmetric(x[2]), 5).Sample(Key),
            Tensor.Stack([0.5 * Transition, 0.1 * Transition]), Mean, Covariance);
        GradientCheck.Verify(x => new Garch(x[0], x[1], x[2], 6, x[3], asymmetric: x[4]).Sample(Key), Scalar(0.2), Tensor.From([0.1]),
            Tensor.From([0.6]), Scalar(0.5), Tensor.From([0.05]));
        GradientCheck.Verify(x => new Garch(0.2, x[0], x[1], 6, degrees: 5.0, firstVariance: x[2], ar: x[3]).Sample(Key), Tensor.From([0.1]),
            Tensor.From([0.6]), Scalar(0.5), Tensor.From([0.3]));
    }

    [Fact]
    public void Walks_and_diffusions_follow_their_parameters()
    {
        Tensor times = Tensor.From([0.0, 0.2, 0.5, 1.0]);
        GradientCheck.Verify(x => new GaussianRandomWalk(x[0], 5, start: x[1]).Sample(Key), Scalar(0.7), Scalar(1));
        GradientCheck.Verify(x => new OrnsteinUhlenbeck(x[0], x[1], x[2], times, x[3], startTime: -1).Sample(Key), Scalar(0.3), Scalar(0.8),
            Scalar(0.7), Scalar(2));
        GradientCheck.Verify(x => new EulerMaruyama((_, state) => x[0] - state, (_, state) => x[1] + (0.1 * state.Square()), x[2], times).Sample(Key),
            Scalar(0.3), Scalar(0.8), Scalar(2));
    }

    [Fact]
    public void What_draws_do_with_gradients_is_said()
    {
        Distribution[] followed =
        [
            new Arma(Tensor.From([0.5]), Tensor.Zeros(0), 0.0, 1.0, 4), new Garch(0.2, Tensor.From([0.1]), Tensor.From([0.6]), 4),
            new VectorAutoRegression(0.5 * Transition.Unsqueeze(0), Mean, Covariance, 4), new GaussianRandomWalk(1.0, 4),
        ];
        LinearGaussianStateSpace diffuse = new(Transition, Noise, Observation, ObservationNoise, InitialState.Diffuse(), 4);

        Assert.All(followed, distribution => Assert.True(distribution.HasReparameterizedSample));
        Assert.False(diffuse.HasReparameterizedSample);
        Assert.False(GaussianHmm.Of(Tensor.Zeros(2), Tensor.Zeros(2, 2), Mean, Tensor.From([1.0, 1.0]), 4).HasReparameterizedSample);
    }

    [Fact]
    public void A_gradient_of_a_gradient_is_refused_with_what_to_do()
    {
        Tensor ar = Tensor.From([0.5]).AsVariable();
        Tensor score = new Arma(ar, Tensor.Zeros(0), 0.0, 1.0, 4).LogProb(Tensor.From([0.1, 0.4, -0.2, 0.3]));
        Tensor slope = Gradient.Of(score, [ar], createGraph: true)[0];

        Assert.Contains("as Laplace.Run does", Assert.Throws<NotSupportedException>(() => Gradient.Of(slope.Sum(), [ar])).Message);
    }

    private static Tensor Symmetric(Tensor matrix) => 0.5 * (matrix + matrix.Transpose());

    private static Tensor Scalar(double value) => Tensor.From([value]).Reshape(Shape.Scalar);
}
