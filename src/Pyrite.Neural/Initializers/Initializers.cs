namespace Pyrite;

/// <summary>The usual ways to start weights.</summary>
public static class Initializers
{
    /// <summary>Zeros.</summary>
    public static Initializer Zeros { get; } = (_, shape) => Tensor.Zeros(shape);

    /// <summary>Ones.</summary>
    public static Initializer Ones { get; } = (_, shape) => Tensor.Ones(shape);

    /// <summary>One number everywhere.</summary>
    public static Initializer Constant(double value) => (_, shape) => Tensor.Full(shape, value);

    /// <summary>Uniform on (low, high).</summary>
    public static Initializer Uniform(double low, double high) => (key, shape) => (key.Uniform(shape) * (high - low)) + low;

    /// <summary>Normal with a mean and a standard deviation.</summary>
    public static Initializer Normal(double mean = 0, double standardDeviation = 1) => (key, shape) => (key.Normal(shape) * standardDeviation) + mean;

    /// <summary>Uniform on (-1/√fanIn, 1/√fanIn): PyTorch's start of linear layers and convolutions, weight and bias alike.</summary>
    /// <remarks>Equal to He's uniform start with a negative slope of √5.</remarks>
    public static Initializer FanInUniform(int fanIn)
    {
        double bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
        return (key, shape) => ((key.Uniform(shape) * 2) - 1) * bound;
    }
}
