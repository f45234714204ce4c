namespace Pyrite.Engine.Properties;

/// <summary>An operation that adds up the elements along one axis: [outer, reduced, inner] to [outer, inner].</summary>
internal interface IReduction : ITermOperation
{
    /// <summary>The elements of the axes before it.</summary>
    int Outer { get; }

    /// <summary>The elements of the axis.</summary>
    int Reduced { get; }

    /// <summary>The elements of the axes behind it.</summary>
    int Inner { get; }
}
