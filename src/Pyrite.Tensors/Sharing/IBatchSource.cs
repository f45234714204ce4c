namespace Pyrite;

/// <summary>What hands out batches in an order of its own, and can go on where an earlier run stopped.</summary>
public interface IBatchSource
{
    /// <summary>The batch that comes next; set it to go on there. At the end of an epoch it is the first batch of the next.</summary>
    LoaderPosition Position { get; set; }
}
