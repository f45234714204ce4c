namespace Pyrite.Functions;

/// <summary>Parameters of the batch shape beside values with event axes.</summary>
internal static class EventAxes
{
    extension(Tensor parameter)
    {
        /// <summary>The parameter with axes of size 1 for those of an event; numbers stay as they are, since they meet any shape.</summary>
        public Tensor OverEvent(int axes = 1)
        {
            Tensor result = parameter;
            for (int i = 0; i < axes && parameter.Rank > 0; i++)
            {
                result = result.Unsqueeze(-1);
            }
            return result;
        }
    }
}
