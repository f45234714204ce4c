using Pyrite.Text;

namespace Pyrite;

/// <summary>Several schedules one after the other, each counting its own steps from 0.</summary>
public sealed class SequentialSchedule : Schedule
{
    private readonly Schedule[] parts;
    private readonly long[] milestones;

    /// <summary>Schedules and the steps at which the next one takes over.</summary>
    /// <param name="parts">At least one.</param>
    /// <param name="milestones">One less than parts, rising.</param>
    /// <exception cref="ArgumentException">The numbers do not fit, or the milestones do not rise.</exception>
    public SequentialSchedule(IEnumerable<Schedule> parts, IEnumerable<long> milestones)
    {
        this.parts = [.. parts];
        this.milestones = [.. milestones];
        if (this.milestones.Length != this.parts.Length - 1 || !this.milestones.Order().Distinct().SequenceEqual(this.milestones))
        {
            throw new ArgumentException(
                $"{this.parts.Length} schedules need {this.parts.Length - 1} rising milestones; found [{NumberList.Text(this.milestones)}].",
                    nameof(milestones));
        }
    }

    /// <inheritdoc/>
    public override double Rate(double baseRate, long step)
    {
        int part = milestones.Count(milestone => milestone <= step);
        return parts[part].Rate(baseRate, part == 0 ? step : step - milestones[part - 1]);
    }
}
