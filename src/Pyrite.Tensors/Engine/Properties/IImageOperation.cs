using Pyrite.Kernels.Convolution;

namespace Pyrite.Engine.Properties;

/// <summary>An operation that convolutions are made of: it can walk over a batch of images, a few at a time.</summary>
internal interface IImageOperation : IOperation
{
    /// <summary>What it does.</summary>
    ImageWork Work { get; }

    /// <summary>The sizes of the convolution; null where it has none of its own.</summary>
    ConvolutionShape? Sizes => null;
}
