namespace Pyrite.Cli.Training;

/// <summary>Whether <c>--shards</c> fits to the processes and to the batches.</summary>
internal static class ShardChoice
{
    /// <summary>Refuses what cannot be cut.</summary>
    /// <param name="settings">The choices.</param>
    /// <param name="processes">How many processes share the steps.</param>
    /// <exception cref="UsageException">It does not fit; the message says what would.</exception>
    public static void Require(TrainingSettings settings, int processes)
    {
        if (settings.Shards is not { } shards)
        {
            if (processes > 1)
            {
                throw new UsageException(
                    $"{processes} processes share the steps of a fit by shards: add --shards 8, or another power of two that {processes} divides; "
                        + "the same --shards gives the same weights with any number of processes, one included.");
            }
            return;
        }
        if (shards % processes != 0)
        {
            throw new UsageException(
                $"--shards {shards} cannot be dealt out to {processes} processes, each of which computes as many. Start 1, 2, 4 … up to {shards} "
                    + "of them, or take more shards.");
        }
        if (settings.BatchSize < shards)
        {
            throw new UsageException(
                $"--batch-size {settings.BatchSize} cannot be cut into {shards} shards: each needs an image at least. Take larger batches, or fewer "
                    + "shards.");
        }
    }

    /// <summary>Refuses a last batch that is too small.</summary>
    /// <param name="settings">The choices.</param>
    /// <param name="images">How many images there are to train on.</param>
    /// <exception cref="UsageException">It cannot be cut.</exception>
    public static void RequireLastBatch(TrainingSettings settings, int images)
    {
        int size = Math.Min(settings.BatchSize, images), last = images % size;
        if (settings.Shards is { } shards && (size < shards || (last > 0 && last < shards)))
        {
            throw new UsageException(
                $"{images} images in batches of {settings.BatchSize} end with one of {(last > 0 ? last : size)}, which cannot be cut into {shards} "
                    + "shards. Take another --batch-size, or fewer --shards.");
        }
    }
}
