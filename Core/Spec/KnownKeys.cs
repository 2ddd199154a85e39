namespace CloudSweep.Core.Spec;

/// <summary>Advice for keys that a sweep file does not have: planned ones, other tools' spellings, and near misses.</summary>
internal static class KnownKeys
{
    private static readonly Dictionary<string, string> Planned = new(StringComparer.OrdinalIgnoreCase)
    {
        ["limits"] = "Limits are not supported in this version; stop a sweep with Ctrl-C. Remove the key.",
    };

    private static readonly Dictionary<string, string> Foreign = new(StringComparer.OrdinalIgnoreCase)
    {
        ["parameters"] = "Katib and W&B list parameters; here write learningRate, optimizer, schedule and vary.",
        ["objectiveMetricName"] = "Katib's objectiveMetricName is objective.metric here.",
        ["additionalMetricNames"] = "All metrics are always recorded; remove Katib's additionalMetricNames.",
        ["algorithm"] = "Katib's algorithm is not needed: the grid is given by learningRate.",
        ["parallelTrialCount"] = "Katib's parallelTrialCount is execution.parallelism here (in jobs).",
        ["maxTrialCount"] = "Katib's maxTrialCount follows from learningRate.count here.",
        ["maxFailedTrialCount"] = "Katib's maxFailedTrialCount has no counterpart in this version.",
        ["trialTemplate"] = "Katib's trialTemplate is not needed: built-in trainers are described by model and training.",
        ["type"] = "Katib's objective type is objective.goal here; kinds are written kind.",
        ["method"] = "W&B's method is not needed: the grid is given by learningRate.",
        ["metric"] = "W&B's metric is objective: { metric: …, goal: … } here.",
        ["program"] = "W&B's program is not supported in this version: built-in trainers are described by model and training.",
        ["early_terminate"] = "W&B's early_terminate is pruning: { kind: successiveHalving, reductionFactor: 4 } here.",
        ["earlyStopping"] = "Katib's earlyStopping is pruning: { kind: successiveHalving, reductionFactor: 4 } here.",
        ["early_stopping"] = "early_stopping is pruning: { kind: successiveHalving, reductionFactor: 4 } here.",
        ["pruner"] = "Optuna's pruner is pruning: { kind: successiveHalving, reductionFactor: 4 } here.",
        ["eta"] = "eta is pruning.reductionFactor here.",
        ["reduction_factor"] = "reduction_factor is pruning.reductionFactor here.",
        ["grace_period"] = "Ray Tune's grace_period is not needed: the first rung is after the warm-up and at least 64 steps.",
        ["min_iter"] = "W&B's min_iter is not needed: the first rung is after the warm-up and at least 64 steps.",
        ["max_iter"] = "W&B's max_iter is not needed: rungs are parts of a trial's own steps.",
        ["max_t"] = "Ray Tune's max_t is not needed: rungs are parts of a trial's own steps.",
        ["min_resource"] = "Optuna's min_resource is not needed: the first rung is after the warm-up and at least 64 steps.",
        ["min_early_stopping_rate"] = "Optuna's min_early_stopping_rate is not needed: the first rung is after the warm-up and at least 64 steps.",
        ["brackets"] = "Hyperband's brackets are not supported in this version; pruning is one bracket.",
        ["auto_lr_find"] = "Lightning's auto_lr_find is learningRate: auto here.",
        ["lr_find"] = "lr_find is learningRate: auto here; cloudsweep range FILE shows its curve.",
        ["lr"] = "lr is learningRate here.",
        ["learning_rate"] = "learning_rate is learningRate here.",
        ["batch_size"] = "batch_size is training.batchSize here.",
        ["n_epochs"] = "n_epochs is training.epochs here.",
        ["num_epochs"] = "num_epochs is training.epochs here.",
        ["search_space"] = "Optuna's and Ray Tune's search_space is learningRate, optimizer, schedule and vary here.",
        ["num_samples"] = "Ray Tune's num_samples is repeats or learningRate.count here.",
        ["n_trials"] = "Optuna's n_trials follows from learningRate.count here.",
        ["direction"] = "Optuna's direction is objective.goal here.",
        ["values"] = "W&B's values are a list here: learningRate: [0.01, 0.1].",
        ["distribution"] = "W&B's distribution is learningRate.scale here: log or linear.",
        ["random_state"] = "random_state is training.seed here.",
        ["betas"] = "betas are beta1 and beta2 here.",
        ["eps"] = "eps is epsilon here.",
        ["step_size"] = "step_size is everyEpochs here.",
        ["eta_min"] = "eta_min is minimumRate here.",
        ["rho"] = "rho is alpha of rmsprop here.",
        ["nesterov"] = "Nesterov momentum is optimizer: { kind: nesterov, momentum: 0.9 } here.",
        ["weight_decay"] = "weight_decay is weightDecay here, in each optimizer: { kind: adamw, weightDecay: 0.01 }.",
        ["lr_decay"] = "lr_decay is lrDecay of adagrad here.",
        ["initial_accumulator_value"] = "initial_accumulator_value is initialAccumulator of adagrad here.",
        ["ams_grad"] = "ams_grad is amsgrad here.",
        ["clip_grad_norm"] = "clip_grad_norm is training.gradientClip here.",
        ["max_grad_norm"] = "max_grad_norm is training.gradientClip here.",
        ["max_norm"] = "max_norm is training.gradientClip here.",
        ["gradient_clip_val"] = "gradient_clip_val is training.gradientClip here.",
        ["gradient_clipping"] = "gradient_clipping is training.gradientClip here.",
        ["clipnorm"] = "clipnorm is training.gradientClip here, over all weights and biases together.",
        ["global_clipnorm"] = "global_clipnorm is training.gradientClip here.",
        ["lr_scheduler"] = "lr_scheduler is schedule here.",
        ["scheduler"] = "scheduler is schedule here.",
        ["T_max"] = "T_max is not needed: schedules end with the trial.",
        ["total_iters"] = "total_iters is not needed: schedules end with the trial.",
        ["total_steps"] = "total_steps is not needed: schedules end with the trial.",
        ["max_lr"] = "max_lr is not needed: the trial's learning rate is the highest of the cycle.",
        ["pct_start"] = "pct_start is warmupFraction here.",
        ["warmup_ratio"] = "warmup_ratio is warmupFraction here.",
        ["warmup_steps"] = "warmup_steps is warmupFraction here, a share of the trial's steps.",
        ["warmup_epochs"] = "warmup_epochs is warmupFraction here, a share of the trial's steps.",
        ["start_factor"] = "start_factor is startFactor here.",
        ["div_factor"] = "div_factor is divFactor here.",
        ["final_div_factor"] = "final_div_factor is finalDivFactor here.",
        ["hidden_layers"] = "hidden_layers is model.hidden here.",
    };

    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        ["train"] = "data.train",
        ["label"] = "data.label",
        ["features"] = "data.features",
        ["exclude"] = "data.features.exclude",
        ["include"] = "data.features.include",
        ["columns"] = "data.features.columns",
        ["missing"] = "data.missing",
        ["test"] = "data.test",
        ["uri"] = "data.validation.uri",
        ["fraction"] = "data.validation.fraction",
        ["hidden"] = "model.hidden",
        ["activation"] = "model.activation",
        ["task"] = "model.task",
        ["epochs"] = "training.epochs",
        ["batchSize"] = "training.batchSize",
        ["seed"] = "training.seed",
        ["gradientClip"] = "training.gradientClip",
        ["reductionFactor"] = "pruning.reductionFactor",
        ["momentum"] = "an optimizer that has it, such as optimizer: { kind: momentum, momentum: 0.9 }",
        ["weightDecay"] = "an optimizer: { kind: adamw, weightDecay: 0.01 }",
        ["min"] = "learningRate.min",
        ["max"] = "learningRate.max",
        ["count"] = "learningRate.count",
        ["goal"] = "objective.goal",
        ["repeats"] = "repeats",
        ["parallelism"] = "execution.parallelism",
        ["trialsPerJob"] = "execution.trialsPerJob",
        ["maxAttempts"] = "execution.maxAttempts",
        ["kernel"] = "execution.kernel",
    };

    /// <summary>What to do about <paramref name="key"/>, which is none of <paramref name="allowed"/>.</summary>
    public static string AdviceFor(string key, IReadOnlyList<string> allowed)
    {
        if (allowed.FirstOrDefault(candidate => string.Equals(candidate, key, StringComparison.OrdinalIgnoreCase)) is { } sameLetters)
        {
            return $"Did you mean '{sameLetters}'?";
        }

        if (Elsewhere.TryGetValue(key, out var path))
        {
            return $"Its place is {path}.";
        }

        if (Planned.TryGetValue(key, out var planned))
        {
            return planned;
        }

        if (Foreign.TryGetValue(key, out var foreign))
        {
            return foreign;
        }

        var nearest = allowed.MinBy(candidate => EditDistance.Between(key, candidate));
        return nearest is not null && EditDistance.Between(key, nearest) <= Math.Max(2, key.Length / 3)
            ? $"Did you mean '{nearest}'?"
            : $"Known keys here: {string.Join(", ", allowed)}.";
    }
}
