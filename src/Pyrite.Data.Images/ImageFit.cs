namespace Pyrite;

/// <summary>How an image of one shape becomes one of another.</summary>
public enum ImageFit
{
    /// <summary>It is scaled until it covers the size, and what stands over is cut off on both sides.</summary>
    Cover,

    /// <summary>It is scaled until it fits into the size, and what is left on both sides is background.</summary>
    Contain,

    /// <summary>Height and width are scaled each on its own, so that shapes are distorted.</summary>
    Stretch,
}
