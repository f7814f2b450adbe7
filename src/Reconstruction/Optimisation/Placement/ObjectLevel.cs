namespace Depth3D.Reconstruction.Optimisation.Placement;

/// <summary>
/// One log depth per frame of a moving object. Its size says how the depth changes; where it stands on the ground, and failing that the prior,
/// says how far away it is. Depth plus log size is constant for a thing that keeps its height: each source votes for that constant.
/// </summary>
internal static class ObjectLevel
{
    /// <summary>Frames before and after that vote: sizes chained over longer times drift.</summary>
    private const int Window = 24;

    /// <summary>As <see cref="Window"/> where the ground was not measured: it is wrong by another share elsewhere in the picture.</summary>
    private const int WindowOnGuessedGround = 6;

    private const int LeastContacts = 6;

    /// <summary>Where the votes of contact spread by less (interquartile, log) the thing stands; else it leaves the ground.</summary>
    private const double Steady = 0.06;

    /// <summary>
    /// As <see cref="Steady"/>, for contact that the prior does not contradict: masks that cut off feet by as many rows as flow smears, 5 of
    /// them some 50 below the horizon, make nearly this much of one that walks. A ball in the air for 16 frames makes .107.
    /// </summary>
    private const double SteadyEnough = 0.1;

    /// <summary>A thing whose contact comes nearer by this much comes down to the ground, or close.</summary>
    private const double Descent = 0.2;

    /// <summary>Contact that disagrees more with the prior is that of a thing in the air, however steady.</summary>
    private const double MostConflict = 0.45;

    /// <summary>Contact errs to the far side, by lifted feet and cut-off lower edges: this quantile of it is taken.</summary>
    private const double LiftedFoot = 0.25;

    /// <summary>Standard deviations in log depth of contact and of a prior's depth of things.</summary>
    private const double StandingDeviation = 0.05, PriorDeviation = 0.15;

    /// <summary>How much nearer than its lowest contact a thing that leaves the ground typically is, log depth.</summary>
    private const double TypicalGap = 0.1;

    private const double SmoothFrames = 3;

    /// <param name="prior">Log depth of the object by the prior; NaN where it is not seen. All arrays by frame.</param>
    /// <param name="contact">By <see cref="GroundContact"/>; NaN where unknown.</param>
    /// <param name="size">By <see cref="SizeTrack"/>; NaN where it is not seen.</param>
    /// <param name="groundMeasured">By parallax; else it is as the prior says.</param>
    public static double[] Find(double[] prior, double[] contact, double[] size, bool groundMeasured = true)
    {
        var votes = new double[prior.Length];
        for (var f = 0; f < votes.Length; f++)
        {
            Constants Around(int window)
            {
                var (from, to) = (Math.Max(0, f - window), Math.Min(votes.Length, f + window + 1));
                return new Constants(ConstantsOf(prior, size, from, to), ConstantsOf(contact, size, from, to));
            }

            votes[f] = double.IsNaN(size[f]) ? double.NaN : Vote(Around(Window));
            if (groundMeasured || double.IsNaN(size[f])) continue;
            var near = Around(WindowOnGuessedGround);
            if (IsBeforePrior(near)) votes[f] = Standing(near);
        }

        var levels = new double[votes.Length];
        for (var f = 0; f < levels.Length; f++) levels[f] = double.IsNaN(votes[f]) ? double.NaN : Smooth(votes, f) - size[f];
        return levels;
    }

    private static double Vote(Constants constants)
    {
        var (prior, contact) = constants;
        var byPrior = OrderStatistics.LowerQuantile(prior, 0.5);
        if (contact.Length < LeastContacts) return byPrior;
        var steadied = Medians(contact);
        var onGround = OrderStatistics.LowerQuantile(steadied, LiftedFoot);
        var conflict = Math.Abs(onGround - byPrior);
        var steady = conflict < 2 * PriorDeviation ? SteadyEnough : Steady;
        if (OrderStatistics.LowerQuantile(steadied, 0.75) - onGround > steady || conflict > MostConflict)
        {
            var lowest = Lowest(steadied);
            var below = BelowContact(lowest, byPrior);
            return OrderStatistics.LowerQuantile(steadied, 0.75) - lowest > Descent ? below : Math.Min(below, byPrior); // at one height, contact is a bound and no more
        }

        return Standing(constants);
    }

    /// <summary>
    /// A thing in the air is nearer than the ground at its lower edge. Where the prior has it beyond that ground, it stands, however much contact
    /// wavers: on ground that was not measured, that says nothing of the thing.
    /// </summary>
    private static bool IsBeforePrior(Constants of) =>
        of.Contact.Length >= LeastContacts && OrderStatistics.LowerQuantile(of.Contact, 0.5) < OrderStatistics.LowerQuantile(of.Prior, 0.5);

    private static double Standing(Constants of)
    {
        var (byPrior, onGround) = (OrderStatistics.LowerQuantile(of.Prior, 0.5), OrderStatistics.LowerQuantile(Medians(of.Contact), LiftedFoot));
        double a = 1 / (StandingDeviation * StandingDeviation), b = 1 / (PriorDeviation * PriorDeviation);
        return ((a * onGround) + (b * byPrior)) / (a + b);
    }

    /// <summary>
    /// A thing in the air is nearer than the ground behind its lower edge, and where that is lowest it may not be far above the ground: the
    /// mean of the prior's normal distribution times one half of a Cauchy distribution of the gap.
    /// </summary>
    private static double BelowContact(double contact, double prior)
    {
        double sum = 0, total = 0;
        for (var gap = 0.0; gap < 20 * TypicalGap; gap += TypicalGap / 20)
        {
            var off = (contact - gap - prior) / PriorDeviation;
            var weight = Math.Exp(-0.5 * off * off) / (1 + (gap * gap / (TypicalGap * TypicalGap)));
            (sum, total) = (sum + (weight * gap), total + weight);
        }

        return total > 0 ? contact - (sum / total) : Math.Min(contact, prior);
    }

    /// <summary>Each value's median with its neighbours: masks jump for a frame.</summary>
    private static double[] Medians(double[] values) =>
        [.. values.Select((_, i) => OrderStatistics.LowerQuantile(values[Math.Max(0, i - 1)..Math.Min(values.Length, i + 2)], 0.5))];

    private static double[] ConstantsOf(double[] logDepth, double[] size, int from, int to) =>
        [.. Enumerable.Range(from, to - from).Where(f => !double.IsNaN(logDepth[f] + size[f])).Select(f => logDepth[f] + size[f])];

    /// <summary>The lowest of the values, each steadied by its neighbours.</summary>
    private static double Lowest(double[] values)
    {
        var lowest = double.PositiveInfinity;
        for (var i = 0; i < values.Length; i++)
        {
            double before = values[Math.Max(0, i - 1)], after = values[Math.Min(values.Length - 1, i + 1)];
            lowest = Math.Min(lowest, (before + (2 * values[i]) + after) / 4);
        }

        return lowest;
    }

    private static double Smooth(double[] votes, int frame)
    {
        double sum = 0, total = 0;
        var reach = (int)(3 * SmoothFrames);
        for (var f = Math.Max(0, frame - reach); f < Math.Min(votes.Length, frame + reach + 1); f++)
        {
            if (double.IsNaN(votes[f])) continue;
            var weight = Math.Exp(-0.5 * (f - frame) * (f - frame) / (SmoothFrames * SmoothFrames));
            (sum, total) = (sum + (weight * votes[f]), total + weight);
        }

        return sum / total;
    }

    /// <summary>Log depth plus log size around a frame, by each source.</summary>
    private sealed record Constants(double[] Prior, double[] Contact);
}
