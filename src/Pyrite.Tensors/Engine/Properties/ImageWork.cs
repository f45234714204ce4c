namespace Pyrite.Engine.Properties;

/// <summary>What an operation does to images.</summary>
internal enum ImageWork
{
    /// <summary>A convolution.</summary>
    Convolution,

    /// <summary>A transposed convolution.</summary>
    TransposedConvolution,

    /// <summary>The gradient of a convolution's weight, which is added up over the batch.</summary>
    WeightGradient,

    /// <summary>The gradient of a convolution's bias, which is added up over the batch.</summary>
    BiasGradient,

    /// <summary>A change of the order in which images are stored.</summary>
    Layout,
}
