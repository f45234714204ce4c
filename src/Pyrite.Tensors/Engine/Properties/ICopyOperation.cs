namespace Pyrite.Engine.Properties;

/// <summary>An operation that puts elements of its input to other places, or repeats them: slices, transposes, broadcasts.</summary>
internal interface ICopyOperation : ITermOperation
{
    /// <summary>Whether every element of the result is the one that broadcasting puts there.</summary>
    /// <param name="source">The shape of the input.</param>
    bool IsBroadcast(Shape source);
}
