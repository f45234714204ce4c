using System.Numerics;

namespace Pyrite.Optimizers;

/// <summary>How one update changes a stretch of one parameter; a struct that holds the constants of the step.</summary>
internal interface IUpdateRule
{
    /// <summary>Changes the parameter and the remembered tensors; all spans are equally long, those of absent tensors empty.</summary>
    void Run<T>(Span<T> parameter, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second, Span<T> third)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
