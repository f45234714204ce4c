using Pyrite.Initializers;

namespace Pyrite;

/// <summary>A way to start weights: it makes the first value of a parameter.</summary>
/// <remarks>The usual ways are static members; a way of one's own is a function of the parameter's key and its shape.</remarks>
/// <param name="draw">Makes a tensor of the given shape in the default precision, its randomness from the key alone.</param>
public sealed class Initializer(Func<RandomKey, Shape, Tensor> draw)
{
    /// <summary>Zeros.</summary>
    public static Initializer Zeros { get; } = new((_, shape) => Tensor.Zeros(shape));

    /// <summary>Ones.</summary>
    public static Initializer Ones { get; } = new((_, shape) => Tensor.Ones(shape));

    /// <summary>One number everywhere.</summary>
    public static Initializer Constant(double value) => new((_, shape) => Tensor.Full(shape, value));

    /// <summary>Uniform on (low, high).</summary>
    public static Initializer Uniform(double low, double high) => new((key, shape) => (key.Uniform(shape) * (high - low)) + low);

    /// <summary>Normal with a mean and a standard deviation.</summary>
    public static Initializer Normal(double mean = 0, double standardDeviation = 1) =>
        new((key, shape) => (key.Normal(shape) * standardDeviation) + mean);

    /// <summary>Uniform on (-1/√fanIn, 1/√fanIn): PyTorch's start of linear layers and convolutions, weight and bias alike.</summary>
    /// <remarks>Equal to He's uniform start with a negative slope of √5.</remarks>
    public static Initializer FanInUniform(int fanIn)
    {
        double bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
        return new((key, shape) => Symmetric(key, shape, bound));
    }

    /// <summary>Uniform on ±gain·√(6 / (fanIn + fanOut)).</summary>
    /// <remarks>Glorot and Bengio (2010). Fans as in <see cref="FanMode"/>.</remarks>
    public static Initializer XavierUniform(double gain = 1) =>
        new((key, shape) => Symmetric(key, shape, gain * Math.Sqrt(6.0 / (Fan.In(shape) + Fan.Out(shape)))));

    /// <summary>Normal with standard deviation gain·√(2 / (fanIn + fanOut)).</summary>
    /// <remarks>Glorot and Bengio (2010). Fans as in <see cref="FanMode"/>.</remarks>
    public static Initializer XavierNormal(double gain = 1) =>
        new((key, shape) => key.Normal(shape) * (gain * Math.Sqrt(2.0 / (Fan.In(shape) + Fan.Out(shape)))));

    /// <summary>Uniform on ±gain·√(3 / fan), for layers that a ReLU follows.</summary>
    /// <remarks>He et al. (2015). PyTorch's default start of layers is the one with negative slope √5.</remarks>
    /// <param name="negativeSlope">Slope of a leaky ReLU below 0; 0 for ReLU itself. The gain is √(2 / (1 + slope²)).</param>
    /// <param name="mode">Whether the scale is kept forwards or backwards.</param>
    public static Initializer KaimingUniform(double negativeSlope = 0, FanMode mode = FanMode.In) =>
        new((key, shape) => Symmetric(key, shape, Gain(negativeSlope) * Math.Sqrt(3.0 / Fan.Of(shape, mode))));

    /// <summary>Normal with standard deviation gain / √fan, for layers that a ReLU follows.</summary>
    /// <remarks>He et al. (2015).</remarks>
    /// <param name="negativeSlope">Slope of a leaky ReLU below 0; 0 for ReLU itself. The gain is √(2 / (1 + slope²)).</param>
    /// <param name="mode">Whether the scale is kept forwards or backwards.</param>
    public static Initializer KaimingNormal(double negativeSlope = 0, FanMode mode = FanMode.In) =>
        new((key, shape) => key.Normal(shape) * (Gain(negativeSlope) / Math.Sqrt(Fan.Of(shape, mode))));

    /// <summary>Normal, restricted to an interval.</summary>
    /// <param name="mean">The mean before the restriction.</param>
    /// <param name="standardDeviation">The standard deviation before the restriction.</param>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end.</param>
    /// <exception cref="ArgumentException">The interval is empty, or further than 8 standard deviations from the mean.</exception>
    public static Initializer TruncatedNormal(double mean = 0, double standardDeviation = 1, double low = -2, double high = 2)
    {
        TruncatedNormalDraws draws = new(mean, standardDeviation, low, high);
        return new(draws.Draw);
    }

    /// <summary>A matrix with orthonormal rows, or columns where there are more rows than columns, times a gain; each such matrix equally
    /// likely.</summary>
    /// <remarks>Saxe, McClelland and Ganguli (2014). Tensors of more axes count as [first, rest].</remarks>
    public static Initializer Orthogonal(double gain = 1) => new((key, shape) => OrthogonalDraws.Draw(key, shape, gain));

    /// <summary>The first value of a parameter.</summary>
    /// <param name="key">The parameter's own key.</param>
    /// <param name="shape">The parameter's sizes.</param>
    public Tensor Draw(RandomKey key, Shape shape) => draw(key, shape);

    private static Tensor Symmetric(RandomKey key, Shape shape, double bound) => ((key.Uniform(shape) * 2) - 1) * bound;

    private static double Gain(double negativeSlope) => Math.Sqrt(2 / (1 + (negativeSlope * negativeSlope)));
}
