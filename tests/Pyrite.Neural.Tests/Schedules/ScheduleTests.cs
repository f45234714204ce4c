namespace Pyrite.Neural.Tests.Schedules;

public sealed class ScheduleTests
{
    [Fact]
    public void An_optimizer_follows_its_schedule()
    {
        Parameter x = new(Tensor.Zeros(1));
        Sgd optimizer = new(1) { Schedule = new StepSchedule(2, 0.1) };
        foreach (float expected in new[] { -1f, -2f, -2.1f, -2.2f, -2.21f })
        {
            optimizer.Update([x], [Tensor.Ones(1)]);
            Assert.Equal(expected, x.Value.ToArray<float>()[0], 1e-5f);
        }
    }

    [Fact]
    public void A_plateau_of_NaN_lowers_the_rate()
    {
        PlateauSchedule schedule = new(factor: 0.5, patience: 0);
        schedule.Report(double.NaN);
        Assert.Equal(0.5, schedule.Rate(1, 0));
    }

    [Fact]
    public void A_plateau_goes_on_from_a_saved_state()
    {
        PlateauSchedule straight = new(factor: 0.5, patience: 1);
        PlateauSchedule first = new(factor: 0.5, patience: 1);
        straight.Report(1);
        straight.Report(1);
        first.Report(1);
        first.Report(1);
        PlateauSchedule second = new(factor: 0.5, patience: 1) { State = first.State };
        straight.Report(1);
        second.Report(1);
        Assert.Equal(straight.State, second.State);
        Assert.Equal(1, second.State.Reductions);
    }

    [Fact]
    public void Refuses_lengths_and_milestones_that_make_no_sense()
    {
        Assert.Throws<ArgumentOutOfRangeException>("every", () => new StepSchedule(0));
        Assert.Throws<ArgumentOutOfRangeException>("length", () => new CosineSchedule(0));
        Assert.Throws<ArgumentException>("milestones", () => new SequentialSchedule([new StepSchedule(1)], [3]));
        Assert.Throws<ArgumentException>("milestones",
            () => new SequentialSchedule([new StepSchedule(1), new StepSchedule(1), new StepSchedule(1)], [5, 3]));
    }
}
