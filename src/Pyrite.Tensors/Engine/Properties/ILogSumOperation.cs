namespace Pyrite.Engine.Properties;

/// <summary>An operation that takes log Σ eˣ along one axis: [outer, lane, inner] to [outer, 1, inner].</summary>
internal interface ILogSumOperation : IOperation
{
    /// <summary>Whether this one does so; others of its type do something else along the axis.</summary>
    bool IsLogSum => true;
}
