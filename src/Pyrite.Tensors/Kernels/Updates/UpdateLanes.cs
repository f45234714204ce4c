namespace Pyrite;

/// <summary>Neighbouring elements of a parameter, its gradient and up to three remembered tensors; absent ones are 0.</summary>
/// <typeparam name="V">A vector of Float32 or Float64.</typeparam>
public struct UpdateLanes<V>
    where V : unmanaged
{
    /// <summary>Elements of the parameter.</summary>
    public V Parameter;

    /// <summary>Their gradient.</summary>
    public V Gradient;

    /// <summary>Elements of the first remembered tensor.</summary>
    public V First;

    /// <summary>Elements of the second remembered tensor.</summary>
    public V Second;

    /// <summary>Elements of the third remembered tensor.</summary>
    public V Third;
}
