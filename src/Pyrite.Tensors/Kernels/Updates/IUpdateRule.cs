namespace Pyrite;

/// <summary>How one update changes the elements of one parameter: a struct that holds the constants of the step, run by
/// <see cref="UpdatePass{TRule}"/>.</summary>
/// <remarks>It is written once, over vectors of any width and precision, and must treat every element by itself.</remarks>
public interface IUpdateRule
{
    /// <summary>Changes a vector of parameters and what is remembered about them.</summary>
    /// <param name="lanes">The elements before; what stands in them afterwards is written back, but for the gradient.</param>
    /// <typeparam name="V">A vector of Float32 or Float64.</typeparam>
    void Step<V>(ref UpdateLanes<V> lanes) where V : unmanaged, ISimd<V>;
}
